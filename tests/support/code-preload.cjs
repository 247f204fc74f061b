'use strict';
/**
 * Loaded into each Larder of a test run (`node --require`): the first one leaves its compiled code in the folder that
 * LARDER_TEST_CODE names, and all others load it from there. Two hundred starts take a tenth less processor time each.
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

/** Has each module compiled by `compile`, which answers its script, or undefined where Node is to do it all. */
function compileWith(compile) {
  const byNode = Module.prototype._compile;
  Module.prototype._compile = function (source, filename, ...rest) {
    // A script of ours would not know where its `import()` is to look.
    const script = /\bimport\s*\(/.test(source) ? undefined : compile(Module.wrap(source), filename);
    if (!script) return byNode.call(this, source, filename, ...rest);
    const run = script.runInThisContext();
    return run.call(this.exports, this.exports, requireOf(this), this, filename, path.dirname(filename));
  };
}

function keep(scripts) {
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
  writeFileSync(INDEX, JSON.stringify({ places, paths: Module._pathCache }));
}

if (FOLDER && existsSync(INDEX)) {
  const { places, paths } = JSON.parse(readFileSync(INDEX, 'utf8'));
  const code = readFileSync(CODE);
  Object.assign(Module._pathCache, paths);
  compileWith((source, filename) => {
    const place = places[filename];
    return place && new Script(source, { filename, cachedData: code.subarray(...place) });
  });
} else if (FOLDER) {
  const scripts = new Map();
  compileWith((source, filename) => {
    try {
      const script = new Script(source, { filename });
      scripts.set(filename, script);
      return script;
    } catch {
      return undefined; // an ES module, which Node finds out for itself
    }
  });
  process.prependOnceListener('SIGTERM', () => keep(scripts));
}
