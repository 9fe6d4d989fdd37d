import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.Map;
import org.sourcelab.kafka.connect.apiclient.Configuration;
import org.sourcelab.kafka.connect.apiclient.KafkaConnectClient;
import org.sourcelab.kafka.connect.apiclient.request.dto.ConnectorPluginConfigDefinition;
import org.sourcelab.kafka.connect.apiclient.request.dto.NewConnectorDefinition;
import org.sourcelab.kafka.connect.apiclient.request.post.PostConnectorRestart;

/**
 * Lets another program use the client: a call per line of JSON comes in, as in {"call":"getConnector","args":["a"]},
 * its outcome goes out as a line, {"returned":...} or {"thrown":...}. The argument is the base URL.
 */
public class ByLine {
  private static final ObjectMapper JSON = new ObjectMapper().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

  public static void main(String[] arguments) throws Exception {
    KafkaConnectClient client = new KafkaConnectClient(new Configuration(arguments[0]));
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode request = JSON.readTree(line);
      Map<String, Object> outcome = new HashMap<>();
      try {
        outcome.put("returned", call(client, request.get("call").asText(), request.get("args")));
      } catch (RuntimeException error) {
        outcome.put("thrown", error.getClass().getSimpleName() + ": " + error.getMessage());
      }
      System.out.println(JSON.writeValueAsString(outcome));
    }
  }

  private static Object call(KafkaConnectClient client, String call, JsonNode args) {
    String name = args.path(0).asText();
    return switch (call) {
      case "getConnectServerVersion" -> client.getConnectServerVersion();
      case "getConnectors" -> client.getConnectors();
      case "getConnectorsWithExpandedStatus" -> client.getConnectorsWithExpandedStatus().getMappedStatuses();
      case "getConnectorsWithExpandedInfo" -> client.getConnectorsWithExpandedInfo().getMappedDefinitions();
      case "getConnectorsWithAllExpandedMetadata" -> client.getConnectorsWithAllExpandedMetadata();
      case "getConnector" -> client.getConnector(name);
      case "getConnectorConfig" -> client.getConnectorConfig(name);
      case "getConnectorStatus" -> client.getConnectorStatus(name);
      case "getConnectorTopics" -> client.getConnectorTopics(name);
      case "resetConnectorTopics" -> client.resetConnectorTopics(name);
      case "addConnector" -> client.addConnector(new NewConnectorDefinition(name, configOf(args)));
      case "updateConnectorConfig" -> client.updateConnectorConfig(name, configOf(args));
      case "restartConnector" -> client.restartConnector(name);
      case "restartConnectorWith" -> client.restartConnector(
          new PostConnectorRestart(name).withIncludeTasks(args.get(1).asBoolean()).withOnlyFailed(args.get(2).asBoolean()));
      case "pauseConnector" -> client.pauseConnector(name);
      case "stopConnector" -> client.stopConnector(name);
      case "resumeConnector" -> client.resumeConnector(name);
      case "deleteConnector" -> client.deleteConnector(name);
      case "getConnectorTasks" -> client.getConnectorTasks(name);
      case "getConnectorTaskStatus" -> client.getConnectorTaskStatus(name, args.get(1).asInt());
      case "restartConnectorTask" -> client.restartConnectorTask(name, args.get(1).asInt());
      case "getConnectorPlugins" -> client.getConnectorPlugins();
      case "validateConnectorPluginConfig" -> client.validateConnectorPluginConfig(
          new ConnectorPluginConfigDefinition(name, configOf(args)));
      default -> throw new IllegalArgumentException("no such call: " + call);
    };
  }

  private static Map<String, String> configOf(JsonNode args) {
    Map<String, String> config = new HashMap<>();
    args.get(1).fields().forEachRemaining(entry -> config.put(entry.getKey(), entry.getValue().asText()));
    return config;
  }
}
