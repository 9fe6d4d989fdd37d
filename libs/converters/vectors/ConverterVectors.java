import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.converters.BooleanConverter;
import org.apache.kafka.connect.converters.ByteArrayConverter;
import org.apache.kafka.connect.converters.DoubleConverter;
import org.apache.kafka.connect.converters.FloatConverter;
import org.apache.kafka.connect.converters.IntegerConverter;
import org.apache.kafka.connect.converters.LongConverter;
import org.apache.kafka.connect.converters.ShortConverter;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.apache.kafka.connect.storage.StringConverter;

/** Prints what the real converters do, one JSON object a line. See README.md. */
public class ConverterVectors {
    static final ObjectMapper MAPPER = new ObjectMapper();
    static final JsonConverter DESCRIBE = new JsonConverter();
    static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    interface Action {
        void run(ObjectNode into) throws Exception;
    }

    static void attempt(ObjectNode node, String part, Action action) {
        ObjectNode result = MAPPER.createObjectNode();
        try {
            action.run(result);
        } catch (Throwable error) {
            result.removeAll();
            result.put("error", error.getClass().getName());
            result.put("message", error.getMessage() == null ? null : error.getMessage().replace("java.util.LinkedHashMap", "java.util.HashMap"));
        }
        node.set(part, result);
    }

    static void describe(ObjectNode into, SchemaAndValue read) throws Exception {
        Schema schema = read == null ? null : read.schema();
        Object value = read == null ? null : read.value();
        if (schema == null) into.putNull("schema");
        else into.put("schema", schema(schema));
        into.put("class", value == null ? "null" : value.getClass().getName());
        into.put("text", text(value));
    }

    static String schema(Schema schema) throws Exception {
        return schema == null ? "null" : MAPPER.writeValueAsString(DESCRIBE.asJsonSchema(schema));
    }

    static String text(Object value) {
        if (value instanceof byte[]) return "bytes:" + Base64.getEncoder().encodeToString((byte[]) value);
        if (value instanceof Date) return "date:" + ((Date) value).getTime();
        return String.valueOf(value).replaceAll("\\[B@[0-9a-f]+", "[B@").replaceAll("java.nio.HeapByteBuffer[^,}]*", "buffer");
    }

    static void bytes(ObjectNode into, byte[] bytes) {
        if (bytes == null) into.putNull("bytes");
        else into.put("bytes", Base64.getEncoder().encodeToString(bytes));
    }

    static ObjectNode vector(String kind) {
        return MAPPER.createObjectNode().put("kind", kind);
    }

    static void read(String name, Map<String, String> config, byte[] in) {
        Converter converter = converter(name, config);
        ObjectNode node = vector("read").put("converter", name).put("in", Base64.getEncoder().encodeToString(in));
        node.set("config", MAPPER.valueToTree(config));
        SchemaAndValue[] read = new SchemaAndValue[1];
        attempt(node, "read", into -> describe(into, read[0] = converter.toConnectData("t", in)));
        if (read[0] != null) {
            attempt(node, "back", into -> bytes(into, converter.fromConnectData("t", read[0].schema(), read[0].value())));
        }
        OUT.println(node);
    }

    static Converter converter(String name, Map<String, String> config) {
        Converter converter = switch (name) {
            case "json" -> new JsonConverter();
            case "string" -> new StringConverter();
            case "bytes" -> new ByteArrayConverter();
            case "boolean" -> new BooleanConverter();
            case "short" -> new ShortConverter();
            case "integer" -> new IntegerConverter();
            case "long" -> new LongConverter();
            case "float" -> new FloatConverter();
            default -> new DoubleConverter();
        };
        converter.configure(config, false);
        return converter;
    }

    static void header(String in) {
        SimpleHeaderConverter converter = new SimpleHeaderConverter();
        ObjectNode node = vector("header").put("in", in);
        SchemaAndValue[] read = new SchemaAndValue[1];
        attempt(node, "read", into -> describe(into, read[0] = converter.toConnectHeader("t", "h", in.getBytes(StandardCharsets.UTF_8))));
        if (read[0] != null) {
            attempt(node, "back", into -> bytes(into, converter.fromConnectHeader("t", "h", read[0].schema(), read[0].value())));
        }
        OUT.println(node);
    }

    /** A value that no text can be read as, known to both sides by its name. */
    static void write(String name, Schema schema, Object value) {
        for (String kind : List.of("json", "string", "bytes", "boolean", "short", "integer", "long", "float", "double")) {
            boolean address = kind.equals("string") && value instanceof byte[];
            boolean anyNumber = schema == null && value instanceof Number && !List.of("json", "string", "bytes", "boolean").contains(kind);
            if (!address && !anyNumber) writeBy(kind, name, Map.of(), schema, value);
        }
        for (Map<String, String> config : List.of(OFF, NUMERIC, KEEP_NULL)) writeBy("json", name, config, schema, value);
        ObjectNode node = vector("write").put("converter", "header").put("value", name);
        node.set("config", MAPPER.createObjectNode());
        attempt(node, "out", into -> bytes(into, new SimpleHeaderConverter().fromConnectHeader("t", "h", schema, value)));
        OUT.println(node);
    }

    static void writeBy(String kind, String name, Map<String, String> config, Schema schema, Object value) {
        ObjectNode node = vector("write").put("converter", kind).put("value", name);
        node.set("config", MAPPER.valueToTree(config));
        attempt(node, "out", into -> bytes(into, converter(kind, config).fromConnectData("t", schema, value)));
        OUT.println(node);
    }

    static final Map<String, String> OFF = Map.of("schemas.enable", "false");
    static final Map<String, String> NUMERIC = Map.of("decimal.format", "numeric");
    static final Map<String, String> KEEP_NULL = Map.of("replace.null.with.default", "false");

    static final String LONE_SURROGATES = "a\ud800b\udc00\ud83d\ude00";
    static final List<String> CHARSETS = List.of("ISO-8859-1", "US-ASCII", "UTF-16", "utf-16le");
    static final List<String> SINGLE_BYTE_CHARSETS = List.of("windows-1250", "Cp1251", "windows-1252", "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258",
        "ISO-8859-2", "ISO8859_3", "ISO-8859-4", "iso-8859-5", "ISO-8859-6", "8859_7", "ISO_8859-8", "ISO-8859-9", "ISO8859-13", "ISO-8859-15", "KOI8-R", "KOI8-U", "IBM866");

    public static void main(String[] args) throws Exception {
        DESCRIBE.configure(Map.of(), false);
        Path folder = Path.of(args[0]);
        for (String line : Files.readAllLines(folder.resolve("json-schemaless.txt"))) {
            read("json", OFF, MAPPER.readValue(line, String.class).getBytes(StandardCharsets.UTF_8));
        }
        for (String line : Files.readAllLines(folder.resolve("json-envelopes.txt"))) {
            byte[] in = MAPPER.readValue(line, String.class).getBytes(StandardCharsets.UTF_8);
            for (Map<String, String> config : List.of(Map.<String, String>of(), NUMERIC, KEEP_NULL)) read("json", config, in);
        }
        for (String line : Files.readAllLines(folder.resolve("headers.txt"))) header(MAPPER.readValue(line, String.class));
        for (String hex : Files.readAllLines(folder.resolve("bytes.txt"))) {
            byte[] in = java.util.HexFormat.of().parseHex(hex);
            for (String kind : List.of("string", "bytes", "boolean", "short", "integer", "long", "float", "double")) {
                read(kind, Map.of(), in);
            }
            for (String charset : CHARSETS) read("string", Map.of("converter.encoding", charset), in);
            if (in.length == 32) for (String charset : SINGLE_BYTE_CHARSETS) read("string", Map.of("converter.encoding", charset), in);
        }
        for (String charset : CHARSETS) writeBy("string", "lone surrogates", Map.of("converter.encoding", charset), null, LONE_SURROGATES);
        for (String charset : SINGLE_BYTE_CHARSETS) writeBy("string", "lone surrogates", Map.of("converter.encoding", charset), null, LONE_SURROGATES);
        String schema = "{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"optional\":false,\"field\":\"a\"}]}";
        for (String in : List.of("{\"a\":1}", "{\"a\":null}", "5", "null")) {
            read("json", Map.of("schema.content", schema), in.getBytes(StandardCharsets.UTF_8));
        }
        writes();
        Random random = new Random(42);
        numbers(random);
        hashes(random);
    }

    static void writes() {
        write("lone surrogates", null, LONE_SURROGATES);
        write("lone surrogates with schema", Schema.STRING_SCHEMA, "\ud800");
        write("list of lone surrogates", null, new ArrayList<>(List.of("\udfff")));
        Schema struct = SchemaBuilder.struct().name("S").field("a", Schema.INT32_SCHEMA).field("b", Schema.OPTIONAL_STRING_SCHEMA).build();
        Schema other = SchemaBuilder.struct().name("T").field("a", Schema.INT32_SCHEMA).build();
        write("null", null, null);
        write("optional null", Schema.OPTIONAL_INT32_SCHEMA, null);
        write("optional null string", Schema.OPTIONAL_STRING_SCHEMA, null);
        write("optional null boolean", Schema.OPTIONAL_BOOLEAN_SCHEMA, null);
        write("required null", Schema.INT32_SCHEMA, null);
        write("default null", SchemaBuilder.int32().optional().defaultValue(7).build(), null);
        write("text as int32", Schema.INT32_SCHEMA, "x");
        write("text as int64", Schema.INT64_SCHEMA, "x");
        write("text as boolean", Schema.BOOLEAN_SCHEMA, "x");
        write("text as float", Schema.FLOAT32_SCHEMA, "x");
        write("text as double", Schema.FLOAT64_SCHEMA, "x");
        write("text as bytes", Schema.BYTES_SCHEMA, "x");
        write("text as array", SchemaBuilder.array(Schema.STRING_SCHEMA).build(), "x");
        write("text as map", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build(), "x");
        write("text as struct", struct, "x");
        write("text as decimal", Decimal.schema(2), "x");
        write("text as date", org.apache.kafka.connect.data.Date.SCHEMA, "x");
        write("text as time", Time.SCHEMA, "x");
        write("text as timestamp", Timestamp.SCHEMA, "x");
        write("boolean as string", Schema.STRING_SCHEMA, true);
        write("struct of another schema", struct, new Struct(other).put("a", 1));
        write("struct", struct, new Struct(struct).put("a", 1).put("b", "x"));
        write("struct with null", struct, new Struct(struct).put("a", -1));
        write("schemaless struct", null, new Struct(other).put("a", 1));
        write("schemaless text", null, "a\"\\\u0001\u001f\u007f\n\u20ac\ud83d\ude00/");
        write("schemaless long", null, 5L);
        write("schemaless huge", null, Long.MAX_VALUE);
        write("schemaless double", null, 5.0);
        write("schemaless fraction", null, 1e-7);
        write("schemaless boolean", null, false);
        write("schemaless bytes", null, new byte[] {1, 2, (byte) 255});
        write("schemaless date", null, new Date(1234567890123L));
        write("schemaless decimal", null, new BigDecimal("1.20"));
        write("schemaless NaN", null, Double.NaN);
        write("schemaless infinity", null, Double.NEGATIVE_INFINITY);
        write("list", null, new ArrayList<>(java.util.Arrays.asList(1L, "a\"b", null, true, 2.5)));
        Map<Object, Object> mixed = new LinkedHashMap<>();
        mixed.put("k\\", 1L);
        mixed.put(2L, null);
        write("map with mixed keys", null, mixed);
        Map<Object, Object> inner = new LinkedHashMap<>();
        inner.put("z", List.of(1L));
        inner.put("a", new LinkedHashMap<>(Map.of("x", "y")));
        write("map", null, inner);
        write("empty map", null, new HashMap<>());
        Map<Object, Object> ints = new LinkedHashMap<>();
        ints.put(3, "x");
        ints.put(1, "y");
        write("map with int keys", SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.STRING_SCHEMA).build(), ints);
        write("map with text for int keys", SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.STRING_SCHEMA).build(), new HashMap<>(Map.of("q", "r")));
        write("map with int for text keys", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build(), new HashMap<>(Map.of(true, "r")));
        write("float", Schema.FLOAT32_SCHEMA, 1.1f);
        write("float NaN", Schema.FLOAT32_SCHEMA, Float.NaN);
        write("float infinity", Schema.FLOAT32_SCHEMA, Float.POSITIVE_INFINITY);
        write("double", Schema.FLOAT64_SCHEMA, 1e21);
        write("int16", Schema.INT16_SCHEMA, (short) -300);
        write("int64", Schema.INT64_SCHEMA, Long.MIN_VALUE);
        write("bytes", Schema.BYTES_SCHEMA, new byte[] {0, 1});
        write("no bytes", Schema.BYTES_SCHEMA, new byte[0]);
        write("decimal", Decimal.schema(2), new BigDecimal("-12.30"));
        write("decimal of another scale", Decimal.schema(2), new BigDecimal("1.234"));
        write("decimal with exponent", Decimal.schema(-3), new BigDecimal("12E+3"));
        write("small decimal", Decimal.schema(10), new BigDecimal("0.0000000001"));
        write("date", org.apache.kafka.connect.data.Date.SCHEMA, new Date(86400000L * 18262));
        write("date before 1970", org.apache.kafka.connect.data.Date.SCHEMA, new Date(-86400000L));
        write("date with time", org.apache.kafka.connect.data.Date.SCHEMA, new Date(1L));
        write("time", Time.SCHEMA, new Date(45296789L));
        write("time with date", Time.SCHEMA, new Date(86400001L));
        write("timestamp", Timestamp.SCHEMA, new Date(1577934245678L));
        write("timestamp before 1970", Timestamp.SCHEMA, new Date(-1L));
        Schema full = SchemaBuilder.struct().name("n").version(3).doc("d\"").parameter("p", "q").parameter("a", "b").optional()
            .field("l", SchemaBuilder.array(Schema.OPTIONAL_INT64_SCHEMA).optional().build())
            .field("m", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.FLOAT64_SCHEMA).defaultValue(Map.of("x", 1.0)).build())
            .field("d", Decimal.builder(2).defaultValue(new BigDecimal("1.00")).build())
            .field("t", Timestamp.builder().optional().defaultValue(new Date(5)).build()).build();
        write("full struct", full, new Struct(full).put("l", java.util.Arrays.asList(1L, null)).put("m", Map.of("y", 2.0)).put("d", new BigDecimal("0.01")));
        write("full struct with defaults", full, new Struct(full));
        write("full null", full, null);
    }

    static void numbers(Random random) {
        List<Double> doubles = new ArrayList<>(List.of(0.0, -0.0, 1.0, -1.5, 0.001, 9.999e-4, 1e7, 9999999.0, 1.0E21, 1e22, 4.9E-324, Double.MAX_VALUE, Double.MIN_NORMAL, 123456789.125, 1e16, 0.1, 1.0E-5, Double.NaN, Double.POSITIVE_INFINITY));
        for (int i = 0; i < 300; i++) doubles.add(Double.longBitsToDouble(random.nextLong()));
        for (int i = 0; i < 100; i++) doubles.add(random.nextInt(100000000) / 1000.0);
        for (int bits = 50; bits <= 64; bits++) {
            doubles.add(Math.scalb(1.0, bits));
            for (int i = 0; i < 10; i++) doubles.add((double) (random.nextLong() >> (64 - bits)));
        }
        for (double value : doubles) {
            if (!shortest(Double.toString(value), value)) continue;
            OUT.println(vector("double").put("bits", String.format("%016x", Double.doubleToRawLongBits(value))).put("text", Double.toString(value)));
        }
        List<Float> floats = new ArrayList<>(List.of(0f, -0f, 1f, 1.1f, 0.001f, 1e7f, 16777216f, 1.4E-45f, Float.MAX_VALUE, 3.3e10f, 9999999f, 0.1f, Float.NaN, Float.NEGATIVE_INFINITY));
        for (int i = 0; i < 300; i++) floats.add(Float.intBitsToFloat(random.nextInt()));
        for (int i = 0; i < 100; i++) floats.add(random.nextInt(100000) / 100f);
        for (int i = 0; i < 200; i++) floats.add(random.nextInt(100000000) / 8f);
        for (int bits = 22; bits <= 64; bits++) {
            floats.add(Math.scalb(1f, bits));
            for (int i = 0; i < 5; i++) floats.add((float) (random.nextLong() >> (64 - bits)));
        }
        for (float value : floats) {
            if (!shortestFloat(Float.toString(value), value)) continue;
            OUT.println(vector("float").put("bits", String.format("%08x", Float.floatToRawIntBits(value))).put("text", Float.toString(value)));
        }
        for (int i = 0; i < 200; i++) {
            BigDecimal value = new BigDecimal(new java.math.BigInteger(random.nextInt(80) + 1, random).subtract(java.math.BigInteger.valueOf(1000)), random.nextInt(30) - 10);
            ObjectNode node = vector("decimal").put("unscaled", value.unscaledValue().toString()).put("scale", value.scale());
            OUT.println(node.put("text", value.toString()).put("plain", value.toPlainString()).put("bytes", Base64.getEncoder().encodeToString(value.unscaledValue().toByteArray())));
        }
    }

    private static boolean wholeLong(double value) {
        return value == Math.rint(value) && Math.abs(value) < 0x1p63;
    }

    /** Java before 19 prints more digits than needed for some numbers; but for whole ones these are left out. */
    static boolean shortest(String text, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value) || value == 0 || wholeLong(value)) return true;
        return best(text, digits -> new BigDecimal(value).round(new MathContext(digits)).doubleValue() == value, new BigDecimal(value));
    }

    static boolean shortestFloat(String text, float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0 || wholeLong(value)) return true;
        return best(text, digits -> new BigDecimal(value).round(new MathContext(digits)).floatValue() == value, new BigDecimal(value));
    }

    static boolean best(String text, java.util.function.IntPredicate fits, BigDecimal exact) {
        int digits = Math.max(2, new BigDecimal(text).stripTrailingZeros().precision());
        for (int fewer = 1; fewer < digits; fewer++) if (fits.test(fewer) && !(fewer == 1 && digits == 2)) return false;
        return new BigDecimal(text).compareTo(exact.round(new MathContext(digits, RoundingMode.HALF_EVEN))) == 0;
    }

    static void hashes(Random random) {
        for (int i = 0; i < 150; i++) {
            Map<String, Integer> map = new HashMap<>();
            List<String> keys = new ArrayList<>();
            int count = random.nextInt(i < 100 ? 14 : 120);
            for (int k = 0; k < count; k++) {
                StringBuilder key = new StringBuilder();
                int length = 1 + random.nextInt(6);
                for (int c = 0; c < length; c++) key.append("abcdeXYZ019_\u00e9\u20ac".charAt(random.nextInt(14)));
                if (map.put(key.toString(), k) == null) keys.add(key.toString());
            }
            ObjectNode node = vector("hash");
            node.set("keys", MAPPER.valueToTree(keys));
            node.set("order", MAPPER.valueToTree(new ArrayList<>(map.keySet())));
            OUT.println(node);
        }
    }
}
