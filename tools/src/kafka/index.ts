export { EmbeddedKafka, type EmbeddedKafkaOptions } from './embedded-kafka.js';
export { findJava, findMaven, OLDEST_JAVA } from './java.js';
export { JarsError, resolveJars } from './jars.js';
export { brokerJars, hasBrokerJars, referenceJars, referenceTestPlugins } from './places.js';
