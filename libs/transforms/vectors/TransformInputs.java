import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The records and configurations that the real transformations are run on: some written down, others made at random. */
final class TransformInputs {
    static final ObjectMapper MAPPER = new ObjectMapper();
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** records that each configuration is run on */
    static final int SAMPLE = 24;

    /** chains of two or three transformations */
    static final int CHAINS = 400;
    static final int CHAIN_SAMPLE = 10;

    record Step(String plugin, Map<String, String> config) {}

    record Case(List<Step> steps, List<Integer> records) {}

    private final Random random;

    TransformInputs(long seed) {
        random = new Random(seed);
    }

    List<ObjectNode> records() throws Exception {
        List<ObjectNode> records = new ArrayList<>();
        for (String[] each : PRIMITIVES) for (int i = 1; i < each.length; i++) add(records, envelope(json(each[0]), json(each[i])));
        for (String each : SCHEMALESS) add(records, json(each));
        for (String each : STRUCTS) add(records, json(each));
        for (int i = 0; i < 45; i++) add(records, schemalessMap(2, 1 + random.nextInt(i % 5 == 0 ? 30 : 8)));
        for (int i = 0; i < 70; i++) {
            ObjectNode schema = structSchema(2);
            for (int k = 0; k < 2; k++) add(records, envelope(schema, value(schema)));
        }
        return records;
    }

    private void add(List<ObjectNode> records, JsonNode value) throws Exception {
        ObjectNode record = MAPPER.createObjectNode().put("kind", "record");
        record.put("topic", List.of("orders", "db.public.users", "t-1", "Events_v2").get(random.nextInt(4)));
        if (random.nextInt(3) > 0) record.put("partition", random.nextInt(5));
        if (random.nextInt(4) > 0) {
            record.put("offset", random.nextInt(1000));
            if (!record.has("partition")) record.put("partition", 0);
        }
        if (random.nextInt(6) > 0) record.put("timestamp", 1700000000000L + random.nextInt(1000000000));
        // Half of the transformations work on the key.
        if (random.nextBoolean()) record.put("key", value.toString());
        else record.put("key", random.nextBoolean() ? "\"k\"" : "null");
        record.put("value", value.toString());
        if (random.nextInt(3) == 0) {
            ArrayNode headers = record.putArray("headers");
            for (int i = random.nextInt(3); i >= 0; i--) {
                ObjectNode header = headers.addObject().put("key", List.of("a", "b", "h").get(random.nextInt(3)));
                header.put("value", random.nextBoolean() ? "\"x\"" : String.valueOf(random.nextInt(9)));
            }
        }
        records.add(record);
    }

    static JsonNode json(String text) throws Exception {
        return MAPPER.readTree(text);
    }

    static JsonNode envelope(JsonNode schema, JsonNode payload) {
        ObjectNode node = MAPPER.createObjectNode();
        node.set("schema", schema);
        node.set("payload", payload);
        return node;
    }

    // What is written down -------------------------------------------------------------------------------------------

    private static final String LOGICAL = "org.apache.kafka.connect.data.";
    static final String[][] PRIMITIVES = {
        {"{\"type\":\"int8\",\"optional\":false}", "5", "-128"},
        {"{\"type\":\"int16\",\"optional\":true}", "300", "null"},
        {"{\"type\":\"int32\",\"optional\":false}", "0", "2147483647", "-70000"},
        {"{\"type\":\"int32\",\"optional\":true,\"default\":7}", "null", "8"},
        {"{\"type\":\"int64\",\"optional\":false,\"name\":\"n\",\"version\":2,\"doc\":\"d\",\"parameters\":{\"p\":\"q\"}}", "9223372036854775807", "1700000000123", "-8639999999999999", "16777217", "7036875247550465"},
        {"{\"type\":\"int64\",\"optional\":true}", "null", "1"},
        {"{\"type\":\"float\",\"optional\":false}", "1.5", "-0.1", "3.0E38", "0"},
        {"{\"type\":\"double\",\"optional\":false}", "1.0E21", "-2.5", "1.0E-7", "0.0", "123456789.75", "-1.0E300", "300"},
        {"{\"type\":\"float\",\"optional\":true}", "{\"$double\":\"NaN\"}", "{\"$double\":\"-0.0\"}", "{\"$double\":\"Infinity\"}", "{\"$double\":\"1.4E-45\"}"},
        {"{\"type\":\"double\",\"optional\":true}", "{\"$double\":\"NaN\"}", "{\"$double\":\"-0.0\"}", "{\"$double\":\"-Infinity\"}", "{\"$double\":\"4.9E-324\"}", "{\"$double\":\"1.7976931348623157E308\"}", "{\"$double\":\"9007199254740993\"}", "null"},
        {"{\"type\":\"boolean\",\"optional\":false}", "true", "false"},
        {"{\"type\":\"string\",\"optional\":false}", "\"x\"", "\"12\"", "\"-1.5e3\"", "\"TRUE\"", "\"\"", "\" 7\"", "\"2024-02-29\"", "\"2024-02-29 12:34:56\"", "\"1e400\"", "\"NaN\"", "\"0x1p3\"", "\"300\"", "\"9223372036854775808\"", "\"16777217\"", "\"1.00000017881393432617187499\"", "\"1.5f\""},
        {"{\"type\":\"string\",\"optional\":true,\"default\":\"12\"}", "null", "\"13\""},
        {"{\"type\":\"bytes\",\"optional\":false}", "\"AAH/\"", "\"\""},
        {"{\"type\":\"bytes\",\"optional\":true,\"name\":\"" + LOGICAL + "Decimal\",\"version\":1,\"parameters\":{\"scale\":\"2\"}}", "\"MDk=\"", "\"z8c=\"", "null", "\"ASNFZ4mrze8BI0U=\""},
        {"{\"type\":\"int32\",\"optional\":false,\"name\":\"" + LOGICAL + "Date\",\"version\":1}", "19782", "-1"},
        {"{\"type\":\"int32\",\"optional\":true,\"name\":\"" + LOGICAL + "Time\",\"version\":1}", "45296789", "null"},
        {"{\"type\":\"int64\",\"optional\":false,\"name\":\"" + LOGICAL + "Timestamp\",\"version\":1}", "1709210096789", "0", "-1", "-86400001"},
        {"{\"type\":\"array\",\"optional\":false,\"items\":{\"type\":\"int32\",\"optional\":true}}", "[1,null,3]", "[]"},
        {"{\"type\":\"map\",\"optional\":false,\"keys\":{\"type\":\"string\",\"optional\":false},\"values\":{\"type\":\"int64\",\"optional\":false}}", "{\"a\":1,\"b\":2}"},
    };

    static final String[] SCHEMALESS = {
        "null", "5", "-1", "1.5", "true", "\"x\"", "\"2024-02-29\"", "\"12\"", "{}", "[]", "[1,\"a\",null]", "1700000000123", "{\"$date\":1709210096789}", "{\"$date\":-1}", "{\"$bytes\":\"AAH/\"}", "{\"$decimal\":\"12.30\"}", "{\"$double\":\"3.0\"}", "{\"$double\":\"1e300\"}", "{\"$double\":\"NaN\"}", "{\"$double\":\"-0.0\"}", "{\"$double\":\"-Infinity\"}", "{\"$double\":\"4.9E-324\"}", "\"\"", "\"\\ud800x\"", "\"\\u0000\\ud83d\\ude00\"", "{\"$long\":\"9223372036854775807\"}",
        "{\"a\":1,\"b\":\"x\",\"c\":null}", "{\"a\":{\"b\":{\"c\":1,\"d\":[1,2]},\"e\":\"x\"},\"f\":true}", "{\"a.b\":1,\"a\":{\"b\":2}}", "{\"ts\":1700000000123,\"id\":7,\"name\":\"n\",\"ssn\":\"123-45-6789\",\"amount\":12.5,\"active\":true}", "{\"ts\":\"2024-02-29 12:34:56\",\"id\":\"12\"}", "{\"ts\":{\"$date\":1709210096789},\"id\":{\"$double\":\"3.0\"}}", "{\"a\":\"y\",\"b\":{\"$bytes\":\"AAH/\"},\"c\":{\"$decimal\":\"1.20\"}}", "{\"a\":{},\"b\":[]}", "{\"a\":\"abc\",\"id\":300,\"ts\":\"bad\"}", "{\"a\":null,\"id\":null,\"ts\":null}",
        "{\"10\":1,\"9\":2,\"b\":3,\"a\":4}", "{\"a\":{\"10\":{\"x\":1},\"2\":3}}", "{\"ts\":true,\"id\":[1]}", "{\"id\":{\"$long\":\"9007199254740993\"},\"ts\":0,\"amount\":{\"$double\":\"-1e19\"},\"name\":\"9007199254740993\"}", "{\"__proto__\":1,\"a\":2}",
        "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10,\"k\":11,\"l\":12}", "{\"AaAa\":1,\"BBBB\":2,\"AaBB\":3,\"BBAa\":4,\"id\":5}", "{\"topic\":1,\"ts\":2,\"partition\":3}",
        "{\"id\":{\"$double\":\"-0.0\"},\"ts\":{\"$double\":\"NaN\"},\"amount\":{\"$double\":\"Infinity\"},\"name\":\"\\ud800\",\"ssn\":\"\",\"\":1}", "{\"id\":{\"$long\":\"-9223372036854775808\"},\"amount\":{\"$decimal\":\"1E+400\"},\"a\":{\"$decimal\":\"-0.00\"},\"b\":\"1E400\",\"c\":\"-0\"}", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":[{\"a\":1}]}}}},\"x.y\":{\"\":{\"\":null}}}", "{\"toString\":1,\"constructor\":{\"a\":2},\"id\":\"x\"}",
    };

    private static String field(String name, String type, String more) {
        return "{\"field\":\"" + name + "\",\"type\":\"" + type + "\"" + more + "}";
    }

    private static final String OPTIONAL = ",\"optional\":true";
    private static final String REQUIRED = ",\"optional\":false";
    private static final String INNER = field("a", "struct", ",\"optional\":true,\"name\":\"In\",\"fields\":[" + field("b", "int32", REQUIRED) + "," + field("c", "string", ",\"optional\":true,\"default\":\"dc\"") + "," + field("d", "struct", REQUIRED + ",\"fields\":[" + field("e", "int64", REQUIRED) + "," + field("list", "array", REQUIRED + ",\"items\":{\"type\":\"string\",\"optional\":false}") + "]") + "]");
    private static final String ALL_TYPES = "{\"type\":\"struct\",\"optional\":false,\"name\":\"All\",\"version\":3,\"doc\":\"all\",\"parameters\":{\"p\":\"q\"},\"fields\":["
        + field("i8", "int8", REQUIRED) + "," + field("i16", "int16", OPTIONAL) + "," + field("i32", "int32", REQUIRED + ",\"default\":5") + "," + field("id", "int64", REQUIRED) + "," + field("f32", "float", OPTIONAL) + "," + field("amount", "double", REQUIRED) + "," + field("active", "boolean", OPTIONAL) + "," + field("name", "string", OPTIONAL + ",\"default\":\"nobody\"") + "," + field("raw", "bytes", OPTIONAL) + ","
        + field("dec", "bytes", OPTIONAL + ",\"name\":\"" + LOGICAL + "Decimal\",\"version\":1,\"parameters\":{\"scale\":\"2\"}") + "," + field("day", "int32", OPTIONAL + ",\"name\":\"" + LOGICAL + "Date\",\"version\":1") + "," + field("time", "int32", OPTIONAL + ",\"name\":\"" + LOGICAL + "Time\",\"version\":1") + "," + field("ts", "int64", OPTIONAL + ",\"name\":\"" + LOGICAL + "Timestamp\",\"version\":1") + "," + field("list", "array", OPTIONAL + ",\"items\":{\"type\":\"int32\",\"optional\":false}") + "]}";

    static final String[] STRUCTS = {
        "{\"schema\":" + ALL_TYPES + ",\"payload\":{\"i8\":1,\"i16\":300,\"i32\":70000,\"id\":9007199254740993,\"f32\":1.5,\"amount\":-12.75,\"active\":true,\"name\":\"Ann\",\"raw\":\"AAH/\",\"dec\":\"MDk=\",\"day\":19782,\"time\":45296789,\"ts\":1709210096789,\"list\":[1,2]}}",
        "{\"schema\":" + ALL_TYPES + ",\"payload\":{\"i8\":-1,\"i16\":null,\"id\":1,\"amount\":0,\"name\":null}}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":true,\"fields\":[" + field("id", "string", REQUIRED) + "," + field("ts", "string", OPTIONAL) + "]},\"payload\":{\"id\":\"12\",\"ts\":\"2024-02-29 12:34:56\"}}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":true,\"fields\":[" + field("id", "string", REQUIRED) + "," + field("ts", "string", OPTIONAL) + "]},\"payload\":{\"id\":\"x\",\"ts\":\"bad\"}}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":true,\"fields\":[" + field("id", "string", REQUIRED) + "]},\"payload\":null}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"fields\":[" + field("ts", "int64", REQUIRED) + "," + field("a", "int32", REQUIRED) + "]},\"payload\":{\"ts\":1709210096789,\"a\":4}}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"fields\":[" + field("ts", "int32", OPTIONAL) + "," + field("a.b", "int32", REQUIRED) + "]},\"payload\":{\"ts\":17,\"a.b\":4}}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"name\":\"Out\",\"fields\":[" + INNER + "," + field("f", "boolean", OPTIONAL) + "]},\"payload\":{\"a\":{\"b\":1,\"c\":\"x\",\"d\":{\"e\":2,\"list\":[\"p\"]}},\"f\":null}}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"name\":\"Out\",\"fields\":[" + INNER + "," + field("f", "boolean", OPTIONAL) + "]},\"payload\":{\"a\":{\"b\":1,\"c\":null,\"d\":{\"e\":2,\"list\":[]}},\"f\":true}}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"name\":\"Out\",\"fields\":[" + INNER + "," + field("f", "boolean", OPTIONAL) + "]},\"payload\":{\"a\":null,\"f\":true}}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"fields\":[" + field("a", "map", REQUIRED + ",\"keys\":{\"type\":\"string\",\"optional\":false},\"values\":{\"type\":\"int32\",\"optional\":false}") + "]},\"payload\":{\"a\":{\"x\":1}}}",
        "{\"schema\":{\"type\":\"struct\",\"optional\":false,\"fields\":[" + field("topic", "string", REQUIRED) + "]},\"payload\":{\"topic\":\"already\"}}",
    };

    // What is made at random -----------------------------------------------------------------------------------------

    private static final List<String> NAMES = List.of("id", "ts", "a", "b", "c", "name", "amount", "active", "ssn", "x.y", "10", "7", "d", "e", "f", "g", "h", "long_name_of_field", "Zed", "\u00e9t\u00e9");

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private JsonNode schemalessMap(int depth, int size) {
        ObjectNode map = MAPPER.createObjectNode();
        for (int i = 0; i < size; i++) map.set(random.nextInt(4) == 0 ? name() + random.nextInt(50) : name(), schemaless(depth));
        return map;
    }

    private JsonNode schemaless(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 10)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt(200000) - 100000);
            case 3 -> NODES.numberNode((random.nextInt(100000) + 1) / 8.0 + 0.0625);
            case 4 -> NODES.textNode(String.valueOf(random.nextInt(70000)));
            case 5 -> NODES.textNode("2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(10) + " 10:20:30");
            case 6 -> NODES.numberNode(1700000000000L + random.nextInt());
            case 7 -> NODES.numberNode(random.nextLong());
            case 8 -> NODES.textNode("text \" " + random.nextInt(9));
            case 9 -> MAPPER.createObjectNode().put("$double", String.valueOf(random.nextInt(1000)));
            case 10 -> schemalessMap(depth - 1, random.nextInt(5));
            default -> MAPPER.createArrayNode().add(random.nextInt(5)).add(schemaless(depth - 1));
        };
    }

    private ObjectNode structSchema(int depth) {
        ObjectNode schema = MAPPER.createObjectNode().put("type", "struct").put("optional", random.nextInt(4) == 0);
        if (random.nextBoolean()) schema.put("name", "S" + random.nextInt(9));
        if (random.nextInt(3) == 0) schema.put("version", random.nextInt(9));
        ArrayNode fields = schema.putArray("fields");
        Map<String, JsonNode> distinct = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(8); i > 0; i--) distinct.put(name(), fieldSchema(depth));
        distinct.forEach((name, each) -> fields.add(((ObjectNode) each).put("field", name)));
        return schema;
    }

    private static final List<String> TYPES = List.of("int8", "int16", "int32", "int64", "float", "double", "boolean", "string", "bytes", "Decimal", "Date", "Time", "Timestamp", "array", "struct");

    private ObjectNode fieldSchema(int depth) {
        String type = TYPES.get(random.nextInt(depth > 0 ? TYPES.size() : TYPES.size() - 2));
        ObjectNode schema = MAPPER.createObjectNode();
        switch (type) {
            case "struct" -> schema = structSchema(depth - 1);
            case "array" -> schema.put("type", "array").set("items", fieldSchema(0));
            case "Decimal" -> schema.put("type", "bytes").put("name", LOGICAL + type).put("version", 1).putObject("parameters").put("scale", "2");
            case "Date", "Time" -> schema.put("type", "int32").put("name", LOGICAL + type).put("version", 1);
            case "Timestamp" -> schema.put("type", "int64").put("name", LOGICAL + type).put("version", 1);
            default -> schema.put("type", type);
        }
        schema.put("optional", random.nextBoolean());
        if (random.nextInt(4) == 0 && !List.of("struct", "array").contains(type)) schema.set("default", value(schema.deepCopy().put("optional", false)));
        return schema;
    }

    private JsonNode value(JsonNode schema) {
        if ((schema.path("optional").asBoolean() || schema.has("default")) && random.nextInt(4) == 0) return NODES.nullNode();
        String logical = schema.path("name").asText("").replace(LOGICAL, "");
        if (logical.equals("Decimal")) return NODES.binaryNode(new java.math.BigInteger(20, random).toByteArray());
        if (logical.equals("Date")) return NODES.numberNode(random.nextInt(30000));
        if (logical.equals("Time")) return NODES.numberNode(random.nextInt(86400000));
        if (logical.equals("Timestamp")) return NODES.numberNode(1700000000000L + random.nextInt());
        return switch (schema.get("type").asText()) {
            case "int8" -> NODES.numberNode(random.nextInt(256) - 128);
            case "int16" -> NODES.numberNode(random.nextInt(60000) - 30000);
            case "int32" -> NODES.numberNode(random.nextInt());
            case "int64" -> NODES.numberNode(random.nextBoolean() ? 1700000000000L + random.nextInt() : random.nextLong());
            case "float", "double" -> NODES.numberNode(random.nextInt(100000) / 8.0);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "string" -> NODES.textNode(List.of("x", "12", "2024-02-29 12:34:56", "true", "-3.5", "").get(random.nextInt(6)));
            case "bytes" -> NODES.binaryNode(new byte[] {1, (byte) random.nextInt()});
            case "array" -> MAPPER.createArrayNode().add(value(schema.get("items"))).add(value(schema.get("items")));
            default -> {
                ObjectNode struct = MAPPER.createObjectNode();
                for (JsonNode field : schema.get("fields")) struct.set(field.get("field").asText(), value(field));
                yield struct;
            }
        };
    }

    // Configurations -------------------------------------------------------------------------------------------------

    static Map<String, String> map(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) map.put(pairs[i], pairs[i + 1]);
        return map;
    }

    List<Case> cases(List<ObjectNode> records) {
        List<Case> cases = new ArrayList<>();
        for (String[] each : TransformConfigs.APPLIED) {
            for (Step step : steps(each)) cases.add(new Case(List.of(step), sample(records, SAMPLE)));
        }
        return cases;
    }

    /** The steps that the transformation can be: with and without defaults for nulls, of keys and of values. */
    private static List<Step> steps(String[] each) {
        Map<String, String> config = map(java.util.Arrays.copyOfRange(each, 1, each.length));
        List<Map<String, String>> variants = new ArrayList<>(List.of(config));
        if (TransformConfigs.READS_FIELDS.contains(each[0])) {
            Map<String, String> kept = new LinkedHashMap<>(config);
            kept.put("replace.null.with.default", "false");
            variants.add(kept);
        }
        List<Step> steps = new ArrayList<>();
        for (Map<String, String> variant : variants) {
            if (!TransformConfigs.BOTH.contains(each[0])) steps.add(new Step(each[0], variant));
            else for (String part : List.of("$Value", "$Key")) steps.add(new Step(each[0] + part, variant));
        }
        return steps;
    }

    /** Chains at random, most steps of which are about values. */
    List<Case> chains(List<ObjectNode> records) {
        List<Step> all = new ArrayList<>();
        for (String[] each : TransformConfigs.APPLIED) {
            // A predicate is no step of a chain, and after a Filter nothing comes.
            if (!each[0].startsWith("predicates") && !each[0].equals("Filter")) all.addAll(steps(each));
        }
        List<Case> cases = new ArrayList<>();
        while (cases.size() < CHAINS) {
            List<Step> steps = new ArrayList<>();
            for (int i = 2 + random.nextInt(2); i > 0; ) {
                Step step = all.get(random.nextInt(all.size()));
                if (step.plugin().endsWith("$Key") && random.nextInt(3) > 0) continue;
                steps.add(step);
                i--;
            }
            cases.add(new Case(steps, sample(records, CHAIN_SAMPLE)));
        }
        return cases;
    }

    private List<Integer> sample(List<ObjectNode> records, int size) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < size; i++) numbers.add(random.nextInt(records.size()));
        return numbers;
    }

    List<Map.Entry<String, Map<String, String>>> configs() {
        List<Map.Entry<String, Map<String, String>>> configs = new ArrayList<>();
        for (String[] each : TransformConfigs.CHECKED) {
            configs.add(Map.entry(each[0], map(java.util.Arrays.copyOfRange(each, 1, each.length))));
        }
        return configs;
    }
}
