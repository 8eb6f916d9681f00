/**
 * The architecture, as a lint rule: which folder of `src/` may import which (docs/architecture.md draws it).
 *
 * Inside a layer imports are relative; across layers they go through the `#layer/…` aliases of package.json. So a relative
 * import that leaves its layer is an error too, and the table below is the whole truth.
 */
import path from 'node:path';
import type { Rule } from 'eslint';

interface Layer {
  /** Other layers that this one may import. */
  readonly layers: readonly string[];
  /** Packages and Node built-ins (`node:*`) that it may import; absent: any. */
  readonly packages?: readonly string[];
}

const layers: Readonly<Record<string, Layer>> = {
  shared: { layers: [], packages: ['zod', 'immer', '@msgpack/msgpack'] },
  engine: { layers: ['shared'], packages: [] },
  frames: { layers: ['shared'], packages: ['node:*'] },
  inference: {
    layers: ['engine', 'frames', 'shared'],
    packages: ['node:*', 'zod', 'onnxruntime-node', '@huggingface/tokenizers'],
  },
  main: { layers: ['engine', 'frames', 'shared'] },
  cli: { layers: ['main', 'shared'] },
  preload: { layers: ['shared'], packages: ['electron'] },
  renderer: {
    layers: ['engine', 'shared'],
    packages: [
      'react',
      'react-dom',
      'zustand',
      'zod',
      'immer',
      'radix-ui',
      'react-resizable-panels',
      '@tanstack/react-virtual',
      'cmdk',
      'react-hotkeys-hook',
      'sonner',
      'lucide-react',
      'dexie',
      'mediabunny',
      '@msgpack/msgpack',
    ],
  },
};

export const layersRule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Keeps the imports between the layers of src/ as docs/architecture.md draws them.' },
    schema: [],
    messages: {
      layer: "'{{from}}' must not import '{{to}}': it may import {{allowed}}.",
      package: "'{{from}}' must not import the package '{{to}}'.",
      escape: "Import another layer through its alias, as in '#shared/errors', not by the relative path '{{to}}'.",
    },
  },
  create(context) {
    const from = layerOf(context.filename);
    const layer = from === undefined ? undefined : layers[from];
    if (from === undefined || layer === undefined || context.filename.includes('.test')) return {};

    function check(node: Rule.Node, specifier: string): void {
      if (specifier.startsWith('.')) {
        const target = layerOf(path.resolve(path.dirname(context.filename), specifier));
        if (target !== from) context.report({ node, messageId: 'escape', data: { to: specifier } });
      } else if (specifier.startsWith('#')) {
        const to = specifier.slice(1).split('/')[0] ?? '';
        if (to !== from && !layer?.layers.includes(to))
          context.report({
            node,
            messageId: 'layer',
            data: { from: from ?? '', to, allowed: layer?.layers.join(', ') || 'no other layer' },
          });
      } else if (layer?.packages !== undefined && !layer.packages.some((allowed) => matches(allowed, specifier))) {
        context.report({ node, messageId: 'package', data: { from: from ?? '', to: specifier } });
      }
    }

    return {
      ImportDeclaration: (node) => check(node, String(node.source.value)),
      ExportAllDeclaration: (node) => check(node, String(node.source.value)),
      ExportNamedDeclaration: (node) => {
        if (node.source != null) check(node, String(node.source.value));
      },
      ImportExpression: (node) => {
        if (node.source.type === 'Literal') check(node, String(node.source.value));
      },
    };
  },
};

function layerOf(file: string): string | undefined {
  return /[\\/]src[\\/]([^\\/]+)[\\/]/.exec(`${file}/`)?.[1];
}

function matches(allowed: string, specifier: string): boolean {
  return allowed.endsWith('*')
    ? specifier.startsWith(allowed.slice(0, -1))
    : specifier === allowed || specifier.startsWith(`${allowed}/`);
}
