export { compileJava, hasJavaCompiler } from './compiler.js';
export { EmbeddedKafka, type EmbeddedKafkaOptions } from './embedded-kafka.js';
export { findJava, findMaven, javaVersion, OLDEST_JAVA, SHORT_LIVED_JVM } from './java.js';
export { JarsError, resolveJars } from './jars.js';
export { brokerJars, hasBrokerJars, referenceJars, referenceTestPlugins } from './places.js';
