/**
 * What is left out of the measure, each with its reason, which the report repeats. Everything else stays in, the
 * sentences a user reads among it.
 */
export const notMeasured = {
  shouldIgnore(path) {
    if (path.isSwitchCase() && path.node.test === null && callsAssertNever(path.node.consequent))
      return 'a branch the compiler has proved cannot be reached';
    if (!path.isStringLiteral() && !path.isTemplateLiteral()) return undefined;
    if (path.listKey !== 'arguments') return undefined;
    const { callee } = path.parent;
    if (callee.type === 'MemberExpression' && callee.property.name === 'describe')
      return 'the description of a field in a schema, shown by editors';
    if (callee.type === 'Identifier' && callee.name === 'assert')
      return "the message of a check against a programmer's own error; the check itself is measured";
    return undefined;
  },
};

const callsAssertNever = ([statement]) => {
  const call = statement?.argument ?? statement?.expression;
  return call?.type === 'CallExpression' && call.callee.name === 'assertNever';
};
