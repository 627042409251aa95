/**
 * Two steps in the build of the loader that its minifier does not take. Neither changes what the code does.
 *
 * `flatten` removes functions that are called only where they stand, as terser leaves each function that has one caller:
 * `const a = (b => {const c = f(b); return c.d})(e)` becomes `const c = f(e); const a = c.d`. A function stays where the
 * order of what happens could be another one without it. Reading a field counts as nothing that happens.
 *
 * `declareTogether` makes one `let` of the declarations of a block. Functions come first in it: they could be called
 * from its first line on.
 */
import generator from '@babel/generator';
import {parse} from '@babel/parser';
import traverser from '@babel/traverse';
import * as t from '@babel/types';

// They are CommonJS.
const generate = generator.default ?? generator;
const traverse = traverser.default ?? traverser;

/** Parts of a node that are evaluated in any case, in that order, and nothing else before them. */
const EVALUATED = {
  ArrayExpression: ['elements'],
  BinaryExpression: ['left', 'right'],
  CallExpression: ['callee', 'arguments'],
  ConditionalExpression: ['test'],
  ExpressionStatement: ['expression'],
  IfStatement: ['test'],
  LogicalExpression: ['left'],
  MemberExpression: ['object'],
  NewExpression: ['callee', 'arguments'],
  ObjectExpression: ['properties'],
  ObjectProperty: ['value'],
  ReturnStatement: ['argument'],
  SpreadElement: ['argument'],
  TemplateLiteral: ['expressions'],
  UnaryExpression: ['argument'],
  VariableDeclaration: ['declarations'],
  VariableDeclarator: ['init'],
};

export const flatten = () =>
  transform('flatten', (tree) => {
    nameUniquely(tree);
    separateStatements(tree);
    while (flattenNext(tree));
  });

export const declareTogether = () =>
  transform('declare-together', (tree) => {
    traverse(tree, {
      VariableDeclaration({node}) {
        node.kind = 'let';
      },
      // A function is moved with all that is inside of it, so that the innermost has to come first.
      FunctionDeclaration: {exit: moveFunction},
    });
  });

/** @returns a plugin of rollup for a classic script that is one function */
function transform(name, change) {
  return {
    name,
    renderChunk(code) {
      const tree = parse(code);
      traverse.cache.clear();
      change(tree);
      return {code: generate(tree, {minified: true, comments: false}).code, map: null};
    },
  };
}

/** No two bindings of the script share a name afterwards, so that a statement means the same in every place. */
function nameUniquely(tree) {
  const taken = new Set();
  traverse(tree, {
    Scopable({node, scope}) {
      // The body of a function has its scope.
      if (scope.block !== node) return;
      if (scope.path.isProgram()) for (const name of Object.keys(scope.globals)) taken.add(name);
      for (const name of Object.keys(scope.bindings)) {
        let unique = name;
        for (let count = 1; taken.has(unique); count++) unique = `${name}$${count}`;
        if (unique !== name) scope.rename(name, unique);
        taken.add(unique);
      }
    },
  });
}

/** Undoes terser's `a, b && c` and `let a, b`: the statements of a function can only stand among other statements. */
function separateStatements(tree) {
  traverse(tree, {
    ExpressionStatement(path) {
      const {expression} = path.node;
      if (t.isSequenceExpression(expression)) {
        const statements = expression.expressions.map((each) => t.expressionStatement(each));
        if (path.inList) path.replaceWithMultiple(statements);
        else path.replaceWith(t.blockStatement(statements));
      } else if (t.isLogicalExpression(expression) && expression.operator !== '??') {
        const {operator, left, right} = expression;
        const test = operator === '&&' ? left : t.unaryExpression('!', left);
        path.replaceWith(t.ifStatement(test, t.blockStatement([t.expressionStatement(right)])));
      }
    },
    ReturnStatement(path) {
      const {argument} = path.node;
      if (!t.isSequenceExpression(argument) || !path.inList) return;
      const last = argument.expressions.pop();
      path.replaceWithMultiple([t.expressionStatement(argument), t.returnStatement(last)]);
    },
    VariableDeclaration(path) {
      const {kind, declarations} = path.node;
      if (declarations.length > 1 && path.listKey === 'body')
        path.replaceWithMultiple(declarations.map((each) => t.variableDeclaration(kind, [each])));
    },
  });
}

/** @returns whether there was a function to be removed */
function flattenNext(tree) {
  let isDone = false;
  // What is known of scopes no longer holds after a change.
  traverse.cache.clear();
  traverse(tree, {
    CallExpression(path) {
      // The outermost function keeps the names of the script out of the page.
      if (!isImmediate(path) || path.parentPath.parentPath.isProgram() || !inline(path)) return;
      isDone = true;
      path.stop();
    },
  });
  return isDone;
}

/** Whether a call is that of a function which stands in place of a name and is no more than its statements. */
function isImmediate({node}) {
  const {callee, arguments: values} = node;
  if (!t.isArrowFunctionExpression(callee) && !t.isFunctionExpression(callee)) return false;
  return (
    !callee.async &&
    !callee.generator &&
    !callee.id &&
    !callee.body.directives?.length &&
    !values.some((value) => t.isSpreadElement(value)) &&
    !callee.params.some((parameter) => t.isRestElement(parameter)) &&
    // An arrow function has those of its surroundings.
    (t.isArrowFunctionExpression(callee) || !hasOwnContext(callee.body)) &&
    // In a loop, each call has its own.
    !has(callee.body, (inner) => t.isVariableDeclaration(inner, {kind: 'var'}))
  );
}

/** Whether it uses what only a `function` gives it. */
const hasOwnContext = (body) =>
  has(
    body,
    (node) => t.isThisExpression(node) || t.isMetaProperty(node) || t.isIdentifier(node, {name: 'arguments'}),
  );

/** Whether there is such a node, but for those in a `function` inside of it. */
function has(body, test) {
  let isFound = false;
  t.traverseFast(body, (node) => {
    if (t.isFunction(node) && !t.isArrowFunctionExpression(node)) return t.traverseFast.skip;
    isFound ||= test(node);
  });
  return isFound;
}

/** @returns whether what the function does could take the place of its call */
function inline(call) {
  const {parentPath: parent} = call;
  const {callee} = call.node;
  const parameters = bindParameters(call);
  if (!parameters) return false;
  const isBlock = t.isBlockStatement(callee.body);
  const body = isBlock ? callee.body.body : [t.returnStatement(callee.body)];
  const last = body.at(-1);
  const take = () => {
    parameters.rename();
    return [...parameters.statements, ...body];
  };

  if (body.length === 1 && t.isReturnStatement(last) && last.argument && !parameters.statements.length) {
    parameters.rename();
    call.replaceWith(last.argument);
    return true;
  }
  if (call.key === 'body' && parent.isArrowFunctionExpression()) {
    call.replaceWith(t.blockStatement([t.returnStatement(call.node)]));
    return true;
  }
  if (parent.isReturnStatement() && parent.inList) {
    parent.replaceWithMultiple([...take(), t.returnStatement()]);
    return true;
  }
  const returns = isBlock ? returnsOf(call.get('callee.body')) : [];
  if (returns.some((each) => each.node !== last)) {
    // At the end of another function, each `return` ends that one as well.
    if (!parent.isExpressionStatement() || !endsFunction(parent)) return false;
    for (const {node} of returns) if (node.argument) node.argument = t.unaryExpression('void', node.argument);
    parent.replaceWithMultiple(take());
    return true;
  }
  const arrow = call.getFunctionParent();
  if (!arrow.get('body').isBlockStatement()) {
    if (!comesFirst(call, arrow.get('body'))) return false;
    arrow.get('body').replaceWith(t.blockStatement([t.returnStatement(arrow.node.body)]));
    return true;
  }
  const statement = call.getStatementParent();
  if (statement.listKey !== 'body' || !comesFirst(call, statement)) return false;
  const statements = take();
  const result = t.isReturnStatement(last) ? statements.pop().argument : undefined;
  call.replaceWith(result ?? nothing());
  statement.insertBefore(statements);
  return true;
}

function returnsOf(body) {
  const returns = [];
  body.traverse({
    Function: (path) => path.skip(),
    ReturnStatement: (path) => void returns.push(path),
  });
  return returns;
}

const endsFunction = (statement) =>
  statement.parentPath.isBlockStatement() &&
  statement.parentPath.parentPath.isFunction() &&
  statement.key === statement.container.length - 1;

const nothing = () => t.unaryExpression('void', t.numericLiteral(0));

/** Whether an expression is evaluated whenever its statement is, and ahead of all in there that matters. */
function comesFirst(expression, statement) {
  for (let path = expression; path !== statement; path = path.parentPath) {
    const {node, scope} = path.parentPath;
    const part = path.listKey ?? path.key;
    const parts =
      t.isAssignmentExpression(node, {operator: '='}) && t.isIdentifier(node.left)
        ? ['right']
        : EVALUATED[node.type];
    if (!parts?.includes(part) || (t.isObjectProperty(node) && node.computed)) return false;
    const before = parts.slice(0, parts.indexOf(part)).flatMap((name) => node[name]);
    if (path.listKey) before.push(...path.container.slice(0, path.key));
    if (!before.every((each) => isInert(each, scope))) return false;
  }
  return true;
}

/** Whether its value is the same at any time, and nothing happens where it is evaluated. */
function isInert(node, scope) {
  if (t.isObjectProperty(node) || t.isObjectMethod(node))
    return !node.computed && (t.isObjectMethod(node) || isInert(node.value, scope));
  if (t.isObjectExpression(node)) return node.properties.every((each) => isInert(each, scope));
  if (t.isArrayExpression(node)) return node.elements.every((each) => isInert(each, scope));
  return t.isFunction(node) || isConstant(node, scope);
}

/** Whether it can stand in several places: no page can put another object in the place of `document`. */
const isConstant = (node, scope) =>
  t.isStringLiteral(node) ||
  t.isNumericLiteral(node) ||
  t.isBooleanLiteral(node) ||
  (t.isUnaryExpression(node) && t.isNumericLiteral(node.argument)) ||
  (t.isIdentifier(node) && (scope.getBinding(node.name)?.constant ?? node.name === 'document'));

/** @returns what gives the parameters their values: statements, and other names; `undefined` where nothing can */
function bindParameters(call) {
  const {scope} = call;
  const inner = call.get('callee').scope;
  const {callee, arguments: values} = call.node;
  const isFixed = (name) => inner.getOwnBinding(name)?.constant;
  const first = [];
  const then = [];
  const renamed = [];

  function bind(pattern, value) {
    const to = isInert(value, scope) ? then : first;
    if (t.isIdentifier(pattern) && isFixed(pattern.name) && isConstant(value, scope)) {
      renamed.push([pattern.name, value]);
    } else if (t.isAssignmentPattern(pattern)) {
      if (isNothing(value)) bind(pattern.left, pattern.right);
      else if (t.isLiteral(value) || t.isFunction(value) || t.isUnaryExpression(value))
        bind(pattern.left, value);
      else declare(to, t.arrayPattern([pattern]), t.arrayExpression([value]));
    } else if (
      t.isObjectPattern(pattern) &&
      isRecord(pattern) &&
      t.isObjectExpression(value) &&
      isRecord(value)
    ) {
      const wanted = new Map(pattern.properties.map((each) => [nameOf(each), each.value]));
      for (const each of value.properties) {
        const part = t.isObjectMethod(each) ? toFunction(each) : each.value;
        if (wanted.has(nameOf(each))) bind(wanted.get(nameOf(each)), part);
        else if (!isInert(part, scope)) first.push(t.expressionStatement(part));
        wanted.delete(nameOf(each));
      }
      for (const part of wanted.values()) bind(part, nothing());
    } else declare(to, pattern, value);
  }

  function declare(to, pattern, value) {
    const kind = Object.keys(t.getBindingIdentifiers(pattern)).every(isFixed) ? 'const' : 'let';
    to.push(t.variableDeclaration(kind, [t.variableDeclarator(pattern, value)]));
  }

  values.forEach((value, index) => {
    const pattern = callee.params[index];
    if (pattern) bind(pattern, value);
    else if (!isInert(value, scope)) first.push(t.expressionStatement(value));
  });
  for (const pattern of callee.params.slice(values.length)) bind(pattern, nothing());
  // A value is taken apart only once all of them are there.
  const isInOrder = first
    .slice(0, -1)
    .every((each) => !each.declarations || t.isIdentifier(each.declarations[0].id));
  if (!isInOrder) return undefined;
  return {
    statements: [...first, ...then],
    rename() {
      for (const [name, value] of renamed) {
        for (const reference of inner.getOwnBinding(name).referencePaths) {
          if (reference.parentPath.isObjectProperty()) reference.parent.shorthand = false;
          reference.replaceWith(t.cloneNode(value));
        }
      }
    },
  };
}

const isNothing = (node) => t.isUnaryExpression(node, {operator: 'void'});

/** Whether an object or a pattern is no more than names and what belongs to each. */
const isRecord = ({properties}) =>
  properties.every((each) => !each.computed && (t.isObjectProperty(each) || each.kind === 'method'));

const nameOf = ({key}) => key.name ?? key.value;

const toFunction = ({params, body, generator: isGenerator, async: isAsync}) =>
  t.functionExpression(null, params, body, isGenerator, isAsync);

/** Puts a function to the head of its block, as a value. None of ours is called by `new`. */
function moveFunction(path) {
  const {id, params, body, async: isAsync, generator: isGenerator} = path.node;
  const list = path.container;
  if (isGenerator || path.listKey !== 'body' || path.parentPath.isProgram()) return;
  const value = hasOwnContext(body)
    ? t.functionExpression(null, params, body, false, isAsync)
    : t.arrowFunctionExpression(params, body, isAsync);
  const declaration = t.variableDeclaration('let', [t.variableDeclarator(id, value)]);
  path.remove();
  // In their order.
  const index = list.findIndex((each) => !moved.has(each));
  moved.add(declaration);
  list.splice(index < 0 ? list.length : index, 0, declaration);
}

/** Functions that stand at the head of their block. */
const moved = new WeakSet();
