/** The least that a schema accepts: something to ask with, for tests that ask everything there is. Made from the schema itself. */
import { z } from 'zod';

interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

const digits = '0123456789abcdef'.repeat(2);
/** One of each form that texts of the contract have. */
const texts = [
  '/nowhere/x',
  'x',
  'base',
  'a'.repeat(64),
  '01234567-89ab-cdef-0123-456789abcdef',
  'a.b',
  'en',
  '*',
].concat(
  ['open', 'export', 'upload', 'project', 'shot', 'take', 'clip', 'track', 'media', 'marker', 'edit'].flatMap((name) =>
    [16, 20, 32].map((length) => `${name}-${digits.slice(0, length)}`),
  ),
);

export function leastRequest(schema: z.ZodType): unknown {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return least(json, json);
}

function least(schema: JsonSchema, root: JsonSchema): unknown {
  if (schema.$ref !== undefined) return least(root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? root, root);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return least(choice, root);
  if (schema.allOf !== undefined && schema.type !== 'string')
    return Object.assign({}, ...schema.allOf.map((part) => least(part, root) as object)) as unknown;
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [name, least(schema.properties?.[name] ?? {}, root)]),
      );
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => least(schema.items ?? {}, root));
    case 'string':
      return textFor(schema);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 0, (schema.exclusiveMinimum ?? -1) + 1, 0);
    case 'boolean':
      return false;
    case undefined:
    default:
      return 'x';
  }
}

function textFor(schema: JsonSchema): string {
  const patterns = [schema, ...(schema.allOf ?? [])].flatMap(({ pattern }) =>
    pattern === undefined ? [] : new RegExp(pattern, 'u'),
  );
  return texts.find((text) => patterns.every((pattern) => pattern.test(text))) ?? 'no text of that form is known here';
}
