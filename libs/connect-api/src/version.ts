/** The version of Apache Kafka Connect that the built-in plugins stand for, and report as theirs. */
export const CONNECT_VERSION = '4.3.1';
