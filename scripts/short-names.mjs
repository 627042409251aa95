/**
 * The last step of the loader's build: short names for its variables, in place of those that terser would give.
 *
 * Any short name would do for a file that is sent as it is. This one is sent compressed, and what has stood before costs next
 * to nothing: each variable gets the name with which the text around it is most like the rest of the file.
 */
import generator from '@babel/generator';
import {parse} from '@babel/parser';
import traverser from '@babel/traverse';

// They are CommonJS.
const generate = generator.default ?? generator;
const traverse = traverser.default ?? traverser;

/** In the order in which they are taken at first; letters of the language's own words come first. */
const LETTERS = [...'etnraoisdclgupyfmhvwb_jESLOkqAMxzIDTRFNPUBCGJKZVWHQX$Y'];
const PAIRS = LETTERS.flatMap((last) => LETTERS.map((first) => first + last));
const NAMES = [...LETTERS, ...PAIRS.filter((name) => !/^(do|if|in)$/.test(name))];

/** Lengths of the pieces of text that are looked for elsewhere. */
const PIECES = [4, 6, 8];
const LONGEST = Math.max(...PIECES);

/** Rounds in which each variable may get another name: the later ones change little. */
const ROUNDS = 4;

/** Functions this deep and deeper have the first names; those around them take what is left. */
const INNER = 3;

/** @returns a plugin of rollup for a classic script */
export function shortNames() {
  return {
    name: 'short-names',
    renderChunk(code) {
      const {literals, uses, variables} = separate(code);
      nameSimply(variables);
      for (let round = 0; round < ROUNDS; round++) nameClosely(literals, uses, variables);
      return {code: join(literals, uses).text, map: null};
    },
  };
}

/** @returns the variables, the use of one at each place where one stands, and the text in between */
function separate(code) {
  const tree = parse(code);
  const variables = [];
  const taken = new Set();
  traverse.cache.clear();
  traverse(tree, {
    Scopable({node, scope}) {
      // The body of a function has its scope.
      if (scope.block !== node) return;
      if (scope.path.isProgram()) for (const name of Object.keys(scope.globals)) taken.add(name);
      for (const binding of Object.values(scope.bindings)) {
        const variable = {scope, depth: depthOf(scope), known: scopesOf(binding), places: []};
        variables.push(variable);
        scope.rename(binding.identifier.name, `variable$${variables.length - 1}$`);
      }
    },
  });
  const parts = generate(tree, {minified: true, comments: false}).code.split(/variable\$(\d+)\$/);
  const literals = parts.filter((_, index) => index % 2 === 0);
  const uses = parts.filter((_, index) => index % 2).map((index) => variables[index]);
  for (const [place, variable] of uses.entries()) variable.places.push(place);
  for (const variable of variables) {
    variable.free = NAMES.filter((name) => !taken.has(name));
    variable.others = variables.filter((other) => other !== variable && areApart(variable, other));
  }
  return {literals, uses, variables};
}

/** @returns the scopes in which the variable has to be seen */
function scopesOf({scope: own, referencePaths, constantViolations}) {
  const scopes = new Set([own]);
  for (const {scope} of [...referencePaths, ...constantViolations])
    for (let each = scope; each !== own; each = each.parent) scopes.add(each);
  return scopes;
}

function depthOf(scope) {
  return scope.parent ? 1 + depthOf(scope.parent) : 1;
}

/** Whether one would stand in for the other, had both the same name. */
const areApart = (one, other) => one.known.has(other.scope) || other.known.has(one.scope);

/** Gives each variable the first name that is free: inner ones in their order, the others by how often they are used. */
function nameSimply(variables) {
  const inner = variables.filter(({depth}) => depth >= INNER).sort((a, b) => a.depth - b.depth);
  const outer = variables
    .filter(({depth}) => depth < INNER)
    .sort((a, b) => b.places.length - a.places.length);
  for (const variable of [...inner, ...outer]) {
    const used = new Set(variable.others.map(({name}) => name));
    variable.name = variable.free.find((name) => !used.has(name));
  }
}

/** Gives each variable, those first that are used most, the name that makes the most of what stands elsewhere. */
function nameClosely(literals, uses, variables) {
  let {text, starts} = join(literals, uses);
  let pieces = countPieces(text);
  for (const variable of [...variables].sort((a, b) => b.places.length - a.places.length)) {
    const {name: now} = variable;
    const used = new Set(variable.others.map(({name}) => name));
    const likeness = (name) => {
      let sum = 0;
      for (const place of variable.places) {
        const start = starts[place];
        const before = text.slice(Math.max(0, start - LONGEST), start);
        const around = before + name + text.slice(start + now.length, start + now.length + LONGEST);
        for (const length of PIECES) {
          for (let from = Math.max(0, before.length - length + 1); from <= before.length; from++) {
            const count = pieces.get(around.slice(from, from + length)) ?? 0;
            // It is not to count itself.
            sum += Math.log2(1 + Math.max(0, name === now ? count - 1 : count)) / length;
          }
        }
      }
      return sum;
    };
    const free = variable.free.filter((name) => name.length <= now.length && !used.has(name));
    let best = now;
    let most = likeness(now);
    for (const name of free.slice(0, LETTERS.length)) {
      const sum = likeness(name);
      if (sum > most) [best, most] = [name, sum];
    }
    if (best === now) continue;
    variable.name = best;
    ({text, starts} = join(literals, uses));
    pieces = countPieces(text);
  }
}

/** @returns the whole text, and where in it each variable stands */
function join(literals, uses) {
  let [text] = literals;
  const starts = uses.map(({name}, index) => {
    const start = text.length;
    text += name + literals[index + 1];
    return start;
  });
  return {text, starts};
}

function countPieces(text) {
  const pieces = new Map();
  for (const length of PIECES) {
    for (let from = 0; from + length <= text.length; from++) {
      const piece = text.slice(from, from + length);
      pieces.set(piece, (pieces.get(piece) ?? 0) + 1);
    }
  }
  return pieces;
}
