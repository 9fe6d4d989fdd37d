import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/** Prints what the real transformations do, one JSON object a line. See README.md. */
public class TransformVectors {
    static final ObjectMapper MAPPER = new ObjectMapper();
    static final JsonConverter JSON = new JsonConverter();
    static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    /** A second argument is another seed than that of the vectors, to look for what they do not show. */
    public static void main(String[] args) throws Exception {
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 42;
        JSON.configure(Map.of(), false);
        List<ObjectNode> records = new TransformInputs(seed).records();
        for (ObjectNode record : records) OUT.println(record);
        for (TransformInputs.Case each : new TransformInputs(seed).cases(records)) apply(each, records);
        for (TransformInputs.Case each : new TransformInputs(seed).chains(records)) apply(each, records);
        for (Map.Entry<String, Map<String, String>> each : new TransformInputs(seed).configs()) config(each.getKey(), each.getValue());
        JavaTextVectors.print(OUT);
        OUT.flush();
    }

    static Object plugin(String name) throws Exception {
        return Class.forName("org.apache.kafka.connect.transforms." + name).getDeclaredConstructor().newInstance();
    }

    /** Configured instances, one after the other, over a number of records. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static void apply(TransformInputs.Case given, List<ObjectNode> records) throws Exception {
        ObjectNode line = MAPPER.createObjectNode().put("kind", "apply");
        ArrayNode steps = line.putArray("steps");
        List<Object> plugins = new ArrayList<>();
        for (TransformInputs.Step step : given.steps()) {
            Object plugin = plugin(step.plugin());
            if (plugin instanceof Transformation) ((Transformation) plugin).configure(step.config());
            else ((Predicate) plugin).configure(step.config());
            plugins.add(plugin);
            steps.addObject().put("class", step.plugin()).set("config", MAPPER.valueToTree(step.config()));
        }
        ArrayNode results = line.putArray("out");
        for (int number : given.records()) {
            ConnectRecord record = record(records.get(number));
            ObjectNode result = JsonNodeFactory.instance.objectNode().put("r", number);
            try {
                ConnectRecord current = record;
                for (Object plugin : plugins) {
                    if (plugin instanceof Predicate) result.put("test", ((Predicate) plugin).test(current));
                    else current = (ConnectRecord) ((Transformation) plugin).apply(current);
                    if (current == null) break;
                }
                changes(result, record, current);
            } catch (Throwable error) {
                failure(result, error);
            }
            results.add(result);
        }
        OUT.println(line);
    }

    static void failure(ObjectNode into, Throwable error) {
        int number = into.get("r").asInt();
        into.removeAll();
        into.put("r", number);
        into.put("error", error.getClass().getName());
        into.put("message", plain(error.getMessage()));
    }

    static String plain(String message) {
        return message == null ? "" : message
            .replaceAll("java\\.util\\.(LinkedHashMap|ImmutableCollections\\$Map\\w+|Collections\\$\\w*Map)", "java.util.HashMap")
            .replaceAll("java\\.util\\.(Arrays\\$ArrayList|ImmutableCollections\\$List\\w+)", "java.util.ArrayList")
            .replaceAll("java\\.nio\\.HeapByteBuffer", "[B")
            .replaceAll("InsertionSpec@[0-9a-f]+", "InsertionSpec")
            .replaceAll("\\[B@[0-9a-f]+", "[B@");
    }

    /** Only what has changed. */
    static void changes(ObjectNode into, ConnectRecord<?> before, ConnectRecord<?> after) {
        if (after == null) {
            into.put("dropped", true);
            return;
        }
        differing(into, "topic", before.topic(), after.topic());
        differing(into, "key", described(before.keySchema(), before.key()), described(after.keySchema(), after.key()));
        differing(into, "value", described(before.valueSchema(), before.value()), described(after.valueSchema(), after.value()));
        differing(into, "headers", headers(before), headers(after));
    }

    static void differing(ObjectNode into, String name, String before, String after) {
        if (!before.equals(after)) into.put(name, after);
    }

    static String headers(ConnectRecord<?> record) {
        StringBuilder text = new StringBuilder();
        for (Header header : record.headers()) text.append(header.key()).append('=').append(described(header.schema(), header.value())).append(';');
        return text.toString();
    }

    static String described(Schema schema, Object value) {
        return schema(schema) + " " + text(value, schema == null);
    }

    static String schema(Schema schema) {
        if (schema == null) return "none";
        StringBuilder text = new StringBuilder(schema.type().toString());
        if (schema.isOptional()) text.append('?');
        if (schema.name() != null) text.append(" name=").append(schema.name());
        if (schema.version() != null) text.append(" version=").append(schema.version());
        if (schema.doc() != null) text.append(" doc=").append(schema.doc());
        if (schema.parameters() != null) text.append(" parameters=").append(new TreeMap<>(schema.parameters()));
        if (schema.defaultValue() != null) text.append(" default=").append(text(schema.defaultValue(), false));
        if (schema.type() == Schema.Type.MAP) text.append('<').append(schema(schema.keySchema())).append(',').append(schema(schema.valueSchema())).append('>');
        if (schema.type() == Schema.Type.ARRAY) text.append('<').append(schema(schema.valueSchema())).append('>');
        if (schema.type() == Schema.Type.STRUCT) {
            text.append('(');
            for (Field field : schema.fields()) text.append(field.name()).append(':').append(schema(field.schema())).append(',');
            text.append(')');
        }
        return text.toString();
    }

    /** Floats and doubles by their bits; a float without schema as the double that prints alike. */
    static String text(Object value, boolean schemaless) {
        if (value == null) return "null";
        if (value instanceof String) return JsonNodeFactory.instance.textNode((String) value).toString();
        if (value instanceof Float) {
            float number = (Float) value;
            if (schemaless) return text(Double.parseDouble(Float.toString(number)), true);
            return "f" + Integer.toHexString(Float.floatToIntBits(number));
        }
        if (value instanceof Double) return "d" + Long.toHexString(Double.doubleToLongBits((Double) value));
        if (value instanceof byte[]) return "b" + Base64.getEncoder().encodeToString((byte[]) value);
        if (value instanceof ByteBuffer) return "b" + Base64.getEncoder().encodeToString(((ByteBuffer) value).array());
        if (value instanceof BigDecimal) return "decimal" + value;
        if (value instanceof Date) return "date" + ((Date) value).getTime();
        StringBuilder text = new StringBuilder();
        if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                text.append(field.name()).append('=').append(text(struct.getWithoutDefault(field.name()), false)).append(',');
            }
            return "(" + text + ")";
        }
        if (value instanceof Map) {
            ((Map<?, ?>) value).forEach((key, member) -> text.append(text(key, schemaless)).append(':').append(text(member, schemaless)).append(','));
            return "{" + text + "}";
        }
        if (value instanceof List) {
            for (Object item : (List<?>) value) text.append(text(item, schemaless)).append(',');
            return "[" + text + "]";
        }
        return String.valueOf(value);
    }

    static ConnectRecord<?> record(ObjectNode in) throws Exception {
        SchemaAndValue key = read(in.get("key"));
        SchemaAndValue value = read(in.get("value"));
        Integer partition = in.hasNonNull("partition") ? in.get("partition").asInt() : null;
        Long timestamp = in.hasNonNull("timestamp") ? in.get("timestamp").asLong() : null;
        String topic = in.get("topic").asText();
        ConnectHeaders headers = new ConnectHeaders();
        for (JsonNode header : in.path("headers")) {
            SchemaAndValue read = read(header.get("value"));
            headers.add(header.get("key").asText(), read);
        }
        if (!in.has("offset")) {
            return new SourceRecord(Map.of(), Map.of(), topic, partition, key.schema(), key.value(), value.schema(), value.value(), timestamp, headers);
        }
        return new SinkRecord(topic, partition, key.schema(), key.value(), value.schema(), value.value(), in.get("offset").asLong(), timestamp, TimestampType.CREATE_TIME, headers);
    }

    /** An envelope with a schema, or JSON in which objects like {"$date":0} stand for what JSON has not. */
    static SchemaAndValue read(JsonNode text) throws Exception {
        JsonNode node = text == null ? null : MAPPER.readTree(text.asText());
        if (node != null && node.has("schema") && node.has("payload")) {
            JsonNode special = node.get("payload").get("$double");
            if (special == null) return JSON.toConnectData("t", MAPPER.writeValueAsBytes(node));
            Schema schema = JSON.asConnectSchema(node.get("schema"));
            double number = Double.parseDouble(special.asText());
            return new SchemaAndValue(schema, schema.type() == Schema.Type.FLOAT32 ? (Object) (float) number : (Object) number);
        }
        return new SchemaAndValue(null, node == null ? null : schemaless(node));
    }

    static Object schemaless(JsonNode node) throws Exception {
        if (node.isNull()) return null;
        if (node.isTextual()) return node.asText();
        if (node.isBoolean()) return node.asBoolean();
        if (node.isIntegralNumber()) return node.asLong();
        if (node.isNumber()) return node.asDouble();
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode item : node) list.add(schemaless(item));
            return list;
        }
        if (node.has("$date")) return new Date(node.get("$date").asLong());
        if (node.has("$bytes")) return Base64.getDecoder().decode(node.get("$bytes").asText());
        if (node.has("$decimal")) return new BigDecimal(node.get("$decimal").asText());
        if (node.has("$double")) return Double.parseDouble(node.get("$double").asText());
        if (node.has("$long")) return Long.parseLong(node.get("$long").asText());
        Map<String, Object> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> member : node.properties()) map.put(member.getKey(), schemaless(member.getValue()));
        return map;
    }

    /** What validation says of a configuration, and what configuring does. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    static void config(String name, Map<String, String> config) throws Exception {
        Object plugin = plugin(name);
        ConfigDef definition = plugin instanceof Transformation ? ((Transformation) plugin).config() : ((Predicate) plugin).config();
        ObjectNode line = MAPPER.createObjectNode().put("kind", "config").put("class", name);
        line.set("config", MAPPER.valueToTree(config));
        ObjectNode errors = line.putObject("errors");
        for (ConfigValue value : definition.validate(config)) {
            if (!value.errorMessages().isEmpty()) errors.set(value.name(), MAPPER.valueToTree(value.errorMessages()));
        }
        try {
            if (plugin instanceof Transformation) ((Transformation) plugin).configure(config);
            else ((Predicate) plugin).configure(config);
        } catch (Throwable error) {
            line.put("error", error.getClass().getName()).put("message", plain(error.getMessage()));
        }
        OUT.println(line);
    }
}
