package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Does what each value says, as index.js does; values that say nothing are lines of `file`. */
public class ReportingSinkConnector extends SinkConnector {
    private Map<String, String> props;

    public String version() {
        return "1.0.0";
    }

    public ConfigDef config() {
        return new ConfigDef().define(
            "file", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "where good values go");
    }

    public void start(Map<String, String> given) {
        props = given;
    }

    public Class<? extends Task> taskClass() {
        return ReportingSinkTask.class;
    }

    public List<Map<String, String>> taskConfigs(int max) {
        return List.of(props);
    }

    public void stop() {
    }

    public static class ReportingSinkTask extends SinkTask {
        private Path file;
        private boolean retried;

        public String version() {
            return "1.0.0";
        }

        public void start(Map<String, String> props) {
            file = Path.of(props.get("file"));
        }

        public void put(Collection<SinkRecord> records) {
            records.forEach(this::take);
        }

        private void take(SinkRecord record) {
            String value = (String) record.value();
            Exception error = new DataException("told to " + value);
            if (value.startsWith("throw")) throw new ConnectException("told to throw");
            if (value.startsWith("retry") && !retried) {
                retried = true;
                context.timeout(100);
                throw new RetriableException("told to retry");
            }
            if (value.startsWith("report")) {
                report(record, error);
            } else if (value.startsWith("swallow")) {
                try {
                    report(record, error);
                } catch (ConnectException swallowed) {
                    return;
                }
            } else if (value.startsWith("copy")) {
                report(
                    record.newRecord(
                        record.topic(), record.kafkaPartition(), null, "own", null, "changed", record.timestamp()),
                    error);
            } else if (value.startsWith("made")) {
                report(
                    new SinkRecord(
                        record.topic(), record.kafkaPartition(), null, "own", null, "made anew",
                        record.kafkaOffset(), record.timestamp(), record.timestampType()),
                    error);
            } else {
                append(value);
            }
        }

        private void report(SinkRecord record, Exception error) {
            try {
                context.errantRecordReporter().report(record, error).get();
            } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                throw new ConnectException(e);
            }
        }

        private void append(String value) {
            try {
                Files.writeString(file, value + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new ConnectException(e);
            }
        }

        public void stop() {
        }
    }
}
