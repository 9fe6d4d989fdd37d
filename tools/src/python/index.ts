export {
  pythonEnvironment,
  PythonError,
  type EnvironmentOptions,
  type PythonEnvironment,
} from './python-environment.js';
