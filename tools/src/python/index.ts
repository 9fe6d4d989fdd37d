export { pythonEnvironment, PythonError, type PythonEnvironment } from './python-environment.js';
