import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What Java's date formats and regular expressions do. */
final class JavaTextVectors {
    static final ObjectMapper MAPPER = new ObjectMapper();

    /** two-digit years are read as of the years around this one */
    static final long NOW = 1795461237490L;

    static final List<String> PATTERNS = List.of(
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "yyyy-MM-dd'T'HH:mm:ss.SSSX", "yyyy-MM-dd'T'HH:mm:ssXX",
        "yyyy-MM-dd'T'HH:mm:ssXXX", "yyyyMMdd", "yyyyMMddHHmmss", "yyyyMMddHHmmssSSS", "yyyyMM", "yyyy", "y", "yy", "yyy", "yyMMdd", "dd/MM/yy",
        "dd.MM.yyyy HH:mm", "d.M.y", "EEE, dd MMM yyyy HH:mm:ss z", "EEE MMM dd HH:mm:ss zzz yyyy", "EEEE, MMMM d, yyyy", "MMM d, yyyy h:mm:ss a",
        "hh:mm a", "KK:mm a", "kk:mm", "HH:mm:ss.SSS", "HH:mm:ss,S", "ss.SSSSSS", "D", "yyyy-DDD", "yyyy D", "YYYY-'W'ww-u", "YYYY-ww-E", "yyyy-MM W", "yyyy-MM W E",
        "yyyy-MM F E", "F", "w", "W", "u", "E", "G", "yyyy G", "GGGG yyyy", "LLL yyyy", "LLLL", "L", "Z", "zzzz", "X", "yyyy-MM-dd Z", "yyyy-MM-dd zzzz",
        "'week' w 'of' YYYY", "h 'o''clock' a", "yyyy''MM", "", "''", "'quoted'", "yyyyMMdd'T'HHmm", "MMddyyyy", "dMMMyyyy", "ddMMMyy", "yyyy/MM/dd", "M/d/yy h:mm a", "YY", "YYYY", "yyyyy.MMMMM.dd GGG hh:mm aaa",
        "H:m:s", "S", "SS", "a", "d", "M", "MM", "MMM", "MMMM", "yyyy-'Q'", "Q", "yyyyb", "yyyy'", "XXXX", "yyyy-MM-dd\u00e9HH", "T", "yyyy-MM-ddTHH:mm", "w yyyy", "yyyy w E", "yyyy-MM-dd E", "E yyyy-MM-dd", "MM dd", "HH", "K", "k", "K a", "h", "yyyy K H", "yyyy H a h", "D MM yyyy", "MM D yyyy", "w dd yyyy MM", "u w YYYY", "d MMM yyyy");

    static final List<String> TEXTS = List.of(
        "2024-02-29", "2024-02-30", "2023-13-45", "2024-1-2", "2024-01-02 03:04:05", "2024-01-02 25:61:61", "2024-01-02T03:04:05.678Z", "2024-01-02T03:04:05.678+02",
        "2024-01-02T03:04:05+0230", "2024-01-02T03:04:05-02:30", "2024-01-02T03:04:05Z", "20240102", "20240102030405", "20240102030405678", "202401", "99", "00", "45", "46", "47", "2024", "24", "1", "-5", "0",
        "240102", "02/01/24", "02/01/2024", "2.1.2024", "02.01.2024 03:04", "Tue, 02 Jan 2024 03:04:05 GMT", "Tue, 02 Jan 2024 03:04:05 UTC", "Tue Jan 02 03:04:05 GMT+01:00 2024", "tue jan 02 03:04:05 PST 2024", "Tue Jan 02 03:04:05 +0100 2024",
        "Tuesday, January 2, 2024", "Jan 2, 2024 3:04:05 PM", "Jan 2, 2024 12:04:05 AM", "jan 2, 2024 12:04:05 pm", "12:30 PM", "12:30 AM", "00:30 AM", "24:10", "23:59:59.999", "23:59:59,5", "05.123456", "366", "2024-060", "2024 60", "2024-W01-1", "2024-W53-7", "2024-01-Mon", "2024-01 2", "2024-02 2 Tue", "2024-02 -1 Tue",
        "44 BC", "2024 AD", "AD 2024", "Feb 2024", "December", "+0130", "-01:30", "GMT", "Z", "UTC", "EST", "Coordinated Universal Time", "+1", "2024-01-02 +0130", "week 3 of 2024", "3 o'clock PM", "2024'05", "x", "", "   ", " 2024-01-02", "2024-01-02  03:04:05", "2024- 01- 02", "2024-01-02trailing", "20240102T0304", "01022024", "2Jan2024", "02Jan24", "2024/01/02", "1/2/24 3:04 PM",
        "1582-10-04", "1582-10-10", "1582-10-15", "0001-01-01", "0000-01-01", "-0044-03-15", "12024-01-01", "10000-12-31", "99999999999999999999", "4294967296", "quoted", "1 2024", "2024 5 Wed", "2024-01-02 Sun", "Sun 2024-01-02", "02 30", "2024 5 17", "2024 17 PM 3", "100 03 2024", "03 100 2024", "5 17 2024 02", "3 7 2024", "9 3 2024", "PM", "13", "1 PM", "13 PM", "7", " AD", "2  Jan 2024", "2 Jan  2024", "12:30  PM", "2024-02  2  Tue");

    static final List<String[]> REGEXES = List.of(
        r("(.*)", "x-$1"), r("(.*)-(.*)", "$2.$1"), r("a|ab", "x"), r("(?<db>\\w+)\\.(?<t>\\w+)", "${t}_${db}"), r("\\Qa.b\\E(.*)", "q$1"), r("\\Qa.b", "q"), r("a\\Q.\\E?b", "q"), r("(a++)b", "[$1]"), r("a*+a", "x"), r("(?>a+)b", "x"), r("[a-z&&[^bc]]+", "x"), r("[a-c[x-z]]+", "x"), r("[^a-c]+", "x"), r("[\\w.]+", "x"), r("[a-]+", "x"), r("[]a]+", "x"), r("[^]a]+", "x"), r("[a\\]]+", "x"), r("[a&b]+", "x"), r("[&&a]", "x"),
        r("(?i)ABC.*", "x"), r("(?i:a)b", "x"), r("a(?i)b", "x"), r("(?-i)ab", "x"), r("(?i)[a-c]+X", "x"), r("(?i)[^A]b", "x"), r("(a(?i)b)c", "x"), r("\\p{Alpha}+", "x"), r("\\p{Lower}+", "x"), r("\\P{Upper}+", "x"), r("[\\p{Digit}_]+", "x"), r("\\p{L}+", "x"), r("\\p{IsAlphabetic}+", "x"), r("\\pL+", "x"), r("\\p{Punct}", "x"), r("\\p{InGreek}", "x"), r("\\p{javaLowerCase}", "x"), r("\\p{Nope}", "x"),
        r("\\d+", "n"), r("\\D+", "n"), r("\\s+", "_"), r("\\S+", "_"), r("\\h", "_"), r("\\R", "_"), r("\\bfoo\\b.*", "x"), r("^foo$", "x"), r("^(foo).*$", "$1"), r("\\Afoo\\z", "x"), r("foo\\Z", "x"), r("(?m)^a$", "x"), r("(?s).*", "x"), r(".*", "x"), r(".+?", "x"), r("a{2}", "x"), r("a{2,}", "x"), r("a{1,2}?", "x"), r("a{1,2}+a", "x"), r("(ab)\\1", "x"), r("(?<n>a)\\k<n>", "x"), r("(a)|b\\1", "x"), r("(a)?\\1", "x"), r("(?:(a)|b)*", "[$1]"), r("(a|b)*", "[$1]"), r("(a*)*", "[$1]"), r("(a|b)+c", "$1"),
        r("foo(?=bar).*", "x"), r("foo(?!bar).*", "x"), r(".*(?<=bar)", "x"), r(".*(?<!bar)", "x"), r("\\x41\\u0042\\t?", "x"), r("\\0101", "x"), r("\\cA", "x"), r("\\-\\.\\/", "x"), r("a b", "x"), r("(?x)a b", "x"), r("(?u)a", "x"), r("(?iu)a", "x"), r("(?d)a.", "x"), r("(?U)\\w", "x"), r("(?z)a", "x"), r("(?i", "x"),
        r("a[", "x"), r("(", "x"), r("a)", "x"), r("*a", "x"), r("a**", "x"), r("a{", "x"), r("{", "x"), r("a{2,1}", "x"), r("a{x}", "x"), r("}", "x"), r("]", "x"), r("\\", "x"), r("\\y", "x"), r("[b-a]", "x"), r("(?<1a>x)", "x"), r("(?<a>x)(?<a>y)", "x"), r("\\k<no>", "x"), r("a|*", "x"), r("(?<a", "x"), r("[a", "x"), r("\\p{L", "x"), r("a{1", "x"), r("+", "x"), r("?", "x"),
        r("(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)", "$11-$1"), r("(.)", "$12"), r("foo", "$1"), r("foo", "$"), r("foo", "\\"), r("foo", "\\$1"), r("foo", "a\\\\b"), r("foo", "${no}"), r("(?<n>foo)", "${n}!"), r("(?<n>foo)", "${n"), r("foo", "$x"), r("foo", "${}"), r("(foo)", "$0$0"), r("", "x"), r("(foo|bar)-(\\d{2,4})", "$2/$1"), r("kafka-(.*)", "$1"), r("([^-]+)-(.*)", "$2"), r("(?:prod|dev)\\.(.*)\\.v(\\d+)", "$1-$2"), r("[^.]*\\.(.*)", "$1"), r("\\w+\\.\\w+\\.(\\w+)", "cdc.$1"), r("(?i)(prod)_(.+)", "$2_$1"), r("a(?:b(?:c)?)?+", "x"), r("\\d{4}-\\d{2}-\\d{2}", "date"), r("[\\d&&[^5]]+", "x"), r("[a-z&&[def]&&[^e]]+", "x"), r("\\e\\a\\f", "x"), r("[\\Q^]\\E]+", "x"), r("(?<x>(?<y>a)b)", "$2$1"), r("\\w+@\\w+", "x"), r("a#b~c!", "x"), r("[!-/]+", "x"), r("[#~@`]+", "x"),
        r("\\p{javaLowerCase}+", "x"), r("\\P{javaUpperCase}+", "x"), r("[\\p{javaWhitespace}_]+", "x"), r("\\p{javaLetterOrDigit}+", "x"), r("[^\\p{javaDigit}\\p{javaSpaceChar}]+", "x"), r("\\p{javaISOControl}", "x"), r("\\p{javaLetter}\\p{javaAlphabetic}*", "x"), r("\\p{javaIdeographic}", "x"), r("\\p{javaTitleCase}", "x"), r("\\p{javaNothing}", "x"), r("(?i)\\p{javaUpperCase}", "x"),
        r("(?m)^", "x"), r("\\Gfoo", "x"), r("a{1}{2}", "x"), r("a{99999999999}", "x"), r("\\Qa.b\\E?c?", "x"), r("\\Qfo\\E{2}.*", "x"), r("o\\b{1}", "x"), r("\\p{gc=Lu}+", "x"), r("\\p{general_category=Ll}", "x"), r("\\p{L1}", "x"), r("\\p{all}", "x"), r("\\p{LC}", "x"), r("\\p{LD}+", "x"), r("\\p{IsLetter}+", "x"), r("\\p{IsDIGIT}", "x"), r("\\p{IsPunctuation}", "x"),
        r("\\P{IsWord}", "x"), r("[\\p{IsAlnum}_]+", "x"), r("\\p{IsWhite_Space}", "x"), r("\\p{IsBlank}", "x"), r("\\p{IsControl}", "x"), r("\\p{IsTitlecase}", "x"), r("\\p{IsAssigned}", "x"), r("\\p{IsLATIN}+", "x"), r("\\p{sc=latn}+", "x"), r("\\p{IsL}", "x"), r("\\p{isL}", "x"), r("\\p{javaMirrored}", "x"), r("(?i)\\p{Upper}+", "x"), r("(?i)\\p{Lower}", "x"), r("(?i)\\p{Lu}+", "x"), r("(?i)\\P{Ll}", "x"), r("(?i)[\\p{IsLowercase}]+", "x"), r("(?i)\\p{javaTitleCase}", "x"));

    static final List<String> TOPICS = List.of("", "foo", "foobar", "barfoo", "a", "b", "ab", "aab", "aaa", "abc", "ABC", "aBc", "abab", "aa", "c", "a.b", "a.bc", "axb", "db.table", "foo-bar", "foo-123", "bar-12", "kafka-orders", "prod.orders.v12", "PROD_orders", "server.schema.table", "2024-01-02", "_1", "a b", "\n", "foo\n", "a\nb", "-./", "]", "}", "\u00e9t\u00e9", "AB", "A", "a-", "bbc", "aac", "x@y", "a#b~c!", "^]", "ad", "5", "46", "abcdefghijk", "!", "def", "\r\n", "x", "\t \u00a0\u001c\u2007\u202f\u3000\u2028\u0085", "\u00e9", "\u4e2d", "\u01c5", "\u0663", "\u0085", "\u200b", "\ufeff", "\u1680", "\u180e");

    private static String[] r(String pattern, String replacement) {
        return new String[] {pattern, replacement};
    }

    static void print(PrintStream out) {
        long now = NOW;
        Random random = new Random(7);
        long[] moments = new long[40];
        long[] fixed = {0, -1, 951782400000L, 1704067199999L, 1704067200000L, 1735603200000L, -12219292800000L, -12219292800001L, -62135769600000L, -62167392000001L, 253402300800000L, 1577836800000L, 1609372800000L, 43200000L, 46800000L};
        for (int i = 0; i < moments.length; i++) moments[i] = i < fixed.length ? fixed[i] : (long) (random.nextGaussian() * 2e12);
        for (String pattern : PATTERNS) {
            ObjectNode line = MAPPER.createObjectNode().put("kind", "date").put("pattern", pattern).put("now", now);
            SimpleDateFormat format;
            try {
                format = utc(pattern);
            } catch (IllegalArgumentException error) {
                out.println(line.put("error", error.getMessage()));
                continue;
            }
            ArrayNode formatted = line.putArray("format");
            for (long moment : moments) if (Math.abs(moment + 12219292800000L) > 1000000000L || !pattern.matches(".*[DFWwYu].*")) formatted.addArray().add(moment).add(format.format(new Date(moment)));
            ArrayNode parsed = line.putArray("parse");
            for (String text : TEXTS) {
                // Numbers beyond 32 bits, where hours and years overflow.
                if (text.matches("\\d{14,}") && pattern.length() < 14) continue;
                SimpleDateFormat reader = utc(pattern);
                Date date = reader.parse(text, new ParsePosition(0));
                // Most texts fit no pattern: those that do are told, and some of those that do not.
                if (date != null && Math.abs(date.getTime()) <= 1000000000000000L) parsed.addArray().add(text).add(date.getTime());
                else if (date == null && random.nextInt(8) == 0) parsed.addArray().add(text).addNull();
            }
            for (long moment : moments) {
                String text = format.format(new Date(moment));
                SimpleDateFormat reader = utc(pattern);
                Date date = reader.parse(text, new ParsePosition(0));
                if (date != null && Math.abs(moment + 12219292800000L) > 1000000000L) parsed.addArray().add(text).add(date.getTime());
            }
            out.println(line);
        }
        for (String[] regex : REGEXES) regex(out, regex[0], regex[1]);
    }

    private static SimpleDateFormat utc(String pattern) {
        SimpleDateFormat format = new SimpleDateFormat(pattern);
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        GregorianCalendar start = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        start.setTimeInMillis(NOW);
        start.add(GregorianCalendar.YEAR, -80);
        format.set2DigitYearStart(start.getTime());
        return format;
    }

    private static void regex(PrintStream out, String pattern, String replacement) {
        ObjectNode line = MAPPER.createObjectNode().put("kind", "regex").put("pattern", pattern).put("replacement", replacement);
        Pattern compiled;
        try {
            compiled = Pattern.compile(pattern);
        } catch (PatternSyntaxException error) {
            out.println(line.put("error", error.getMessage()));
            return;
        }
        ArrayNode results = line.putArray("out");
        for (String topic : TOPICS) {
            Matcher matcher = compiled.matcher(topic);
            ArrayNode result = results.addArray().add(topic).add(matcher.matches());
            try {
                result.add(matcher.replaceFirst(replacement));
            } catch (RuntimeException error) {
                result.addObject().put("error", error.getClass().getName()).put("message", error.getMessage());
            }
        }
        out.println(line);
    }
}
