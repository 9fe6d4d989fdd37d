export { keyOf, KeyTopic } from './key-topic.js';
export { strangersAnswers } from './strangers-answers.js';
