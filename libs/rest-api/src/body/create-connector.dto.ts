import { IsIn, IsObject, IsOptional, IsString } from 'class-validator';
import { RestError } from '../errors/rest-error.js';
import { configFrom, isObject, NumberText, typeName, type JsonNode } from './parse-json.js';

/** States in which a connector may begin. */
export const INITIAL_STATES = ['RUNNING', 'PAUSED', 'STOPPED'] as const;
export type InitialState = (typeof INITIAL_STATES)[number];

/**
 * Body of `POST /connectors`:
 * `{"name":"lines","config":{"connector.class":"FileStreamSource", ...},"initial_state":"PAUSED"}`;
 * `initial_state` may be left out or null, and is not case-sensitive.
 */
export class CreateConnectorDto {
  @IsString({ message: "'name' must be a string" })
  @IsOptional()
  readonly name: string | null;

  @IsObject({ message: "'config' must be an object of strings" })
  readonly config: Record<string, string | null>;

  @IsIn(INITIAL_STATES, { message: `'initial_state' must be one of ${INITIAL_STATES.join(', ')}` })
  @IsOptional()
  readonly initialState: InitialState | null;

  constructor(name: string | null, config: Record<string, string | null>, initialState: InitialState | null) {
    this.name = name;
    this.config = config;
    this.initialState = initialState;
  }
}

const FIELDS = ['name', 'config', 'initial_state'];

/** Reads the body of a create request; 400 with what is wrong and what is allowed. */
export function createConnectorFrom(node: JsonNode): CreateConnectorDto {
  if (!isObject(node)) throw new RestError(400, `The request body must be a JSON object, but is ${typeName(node)}`);
  const unknown = Object.keys(node).find((key) => !FIELDS.includes(key));
  if (unknown !== undefined) {
    throw new RestError(400, `Unrecognized field "${unknown}"; the known fields are ${FIELDS.join(', ')}`);
  }
  if (node.config === undefined || node.config === null) {
    throw new RestError(400, "The request body has no 'config': an object with the connector's properties");
  }
  return new CreateConnectorDto(
    nameFrom(node.name),
    configFrom(node.config, "'config'"),
    initialStateFrom(node.initial_state),
  );
}

function nameFrom(node: JsonNode | undefined): string | null {
  if (node === undefined || node === null) return null;
  if (typeof node === 'string' || typeof node === 'boolean' || node instanceof NumberText) return String(node);
  throw new RestError(400, `'name' must be a string, but is ${typeName(node)}`);
}

function initialStateFrom(node: JsonNode | undefined): InitialState | null {
  if (node === undefined || node === null) return null;
  const state = INITIAL_STATES.find((candidate) => typeof node === 'string' && node.toUpperCase() === candidate);
  if (state !== undefined) return state;
  throw new RestError(
    400,
    `'initial_state' must be one of ${INITIAL_STATES.join(', ')}, but is ${typeof node === 'string' ? JSON.stringify(node) : typeName(node)}`,
  );
}
