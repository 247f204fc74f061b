'use strict';
/**
 * Loaded into each Larder of a test run (`node --require`): the first one leaves its compiled code, and which file was meant
 * by each `require`, in the folder that LARDER_TEST_CODE names; more than a hundred others need not find that out again.
 * V8 looks at the length of a source and not at its text, so a folder belongs to one run and one build.
 */
const { Buffer } = require('node:buffer');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { Script } = require('node:vm');

const FOLDER = process.env.LARDER_TEST_CODE;
const INDEX = path.join(FOLDER ?? '', 'code.json');
const CODE = path.join(FOLDER ?? '', 'code.bin');
/** What V8 wants its code to begin at, in bytes. */
const ALIGNMENT = 8;

/** Node gives a module's `require` to it in the same way. */
function requireOf(module) {
  const own = (request) => module.require(request);
  own.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  own.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
  own.main = process.mainModule;
  own.extensions = Module._extensions;
  own.cache = Module._cache;
  return own;
}

/** Runs what came of `Module.wrap(source)` as Node does. */
function run(script, module, filename) {
  const body = script.runInThisContext();
  return body.call(module.exports, module.exports, requireOf(module), module, filename, path.dirname(filename));
}

function keep(scripts, resolved) {
  const places = {};
  const parts = [];
  let end = 0;
  for (const [filename, script] of scripts) {
    const code = script.createCachedData();
    const gap = (ALIGNMENT - (code.length % ALIGNMENT)) % ALIGNMENT;
    places[filename] = [end, end + code.length];
    parts.push(code, Buffer.alloc(gap));
    end += code.length + gap;
  }
  writeFileSync(CODE, Buffer.concat(parts));
  writeFileSync(INDEX, JSON.stringify({ places, resolved }));
}

/** What a module asks for, told apart by the folder it asks from: Node finds the same file for all of a folder's modules. */
const questionOf = (request, parent, options) =>
  options || !parent?.filename ? undefined : `${path.dirname(parent.filename)}\n${request}`;

const resolveByNode = Module._resolveFilename;
const compileByNode = Module.prototype._compile;
const loadByNode = Module._extensions['.js'];

if (FOLDER && existsSync(INDEX)) {
  const { places, resolved } = JSON.parse(readFileSync(INDEX, 'utf8'));
  const code = readFileSync(CODE);
  Module._resolveFilename = (request, parent, isMain, options) =>
    resolved[questionOf(request, parent, options)] ?? resolveByNode(request, parent, isMain, options);
  Module._extensions['.js'] = (module, filename) => {
    const place = places[filename];
    if (!place) return loadByNode(module, filename);
    const source = Module.wrap(readFileSync(filename, 'utf8'));
    return run(new Script(source, { filename, cachedData: code.subarray(...place) }), module, filename);
  };
} else if (FOLDER) {
  const scripts = new Map();
  const resolved = {};
  Module._resolveFilename = (request, parent, isMain, options) => {
    const found = resolveByNode(request, parent, isMain, options);
    const question = questionOf(request, parent, options);
    if (question && path.isAbsolute(found)) resolved[question] = found;
    return found;
  };
  Module.prototype._compile = function (source, filename, ...rest) {
    // A script of ours would not know where its `import()` is to look.
    if (/\bimport\s*\(/.test(source)) return compileByNode.call(this, source, filename, ...rest);
    let script;
    try {
      script = new Script(Module.wrap(source), { filename });
    } catch {
      return compileByNode.call(this, source, filename, ...rest); // an ES module, which Node finds out for itself
    }
    scripts.set(filename, script);
    return run(script, this, filename);
  };
  process.prependOnceListener('SIGTERM', () => keep(scripts, resolved));
}
