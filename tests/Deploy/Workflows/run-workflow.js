// Runs a state machine's definition in memory: the states language with JSONata, as far as this project's definitions use it.
// Usage: node run-workflow.js SCENARIOS. Each scenario: {definition, substitutions, input, items, answers}: answers has for a state the results of its
// calls in order, {"result":…} or {"error":"Name"}; the last one is repeated. Prints for each {"calls":[{state,arguments}],"end":{status,error,output}}.
'use strict';
const fs = require('fs');
const jsonata = require('jsonata');

class TaskError extends Error {
  constructor(name) { super(name); this.name = name; }
}

async function main() {
  const scenarios = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
  console.log(JSON.stringify(await Promise.all(scenarios.map(run))));
}

async function run({ definition, substitutions, input, items, answers }) {
  const machine = JSON.parse(definition.replace(/\$\{(\w+)\}/g, (_, name) => substitutions[name]));
  const world = { calls: [], items, answers, execution: { Name: 'execution-1', Input: input } };
  return { end: await walk(machine, input, world), calls: world.calls };
}

async function walk(machine, input, world) {
  let [name, steps] = [machine.StartAt, 0];
  for (;;) {
    if (++steps > 500) throw new Error(`Execution does not end; it is at ${name}.`);
    const state = machine.States[name];
    const scope = { context: { Execution: world.execution, State: { Name: name, EnteredTime: '2026-01-03T18:00:00.123Z' } }, input };
    if (state.Type === 'Succeed') return { status: 'SUCCEEDED', state: name, output: input };
    if (state.Type === 'Fail') return { status: 'FAILED', state: name, error: state.Error, output: input };
    if (state.Type === 'Choice') {
      const taken = await first(state.Choices, ({ Condition }) => evaluate(Condition, scope));
      name = taken?.Next ?? state.Default;
      continue;
    }
    try {
      if (state.Type === 'Task') scope.result = await call(name, state, scope, world);
      if (state.Type === 'Map') await each(state, scope, world);
      input = state.Output === undefined ? scope.result ?? input : await evaluate(state.Output, scope);
      if (state.End) return { status: 'SUCCEEDED', state: name, output: input };
      name = state.Next;
    } catch (error) {
      if (!(error instanceof TaskError)) throw error;
      const caught = (state.Catch ?? []).find(({ ErrorEquals }) => matches(ErrorEquals, error));
      if (!caught) return { status: 'FAILED', state: name, error: error.name, output: input };
      scope.errorOutput = { Error: error.name, Cause: error.message };
      input = caught.Output === undefined ? scope.errorOutput : await evaluate(caught.Output, scope);
      name = caught.Next;
    }
  }
}

async function call(name, state, scope, world) {
  const tried = new Map();
  for (;;) {
    world.calls.push({ state: name, arguments: await evaluate(state.Arguments, scope) });
    const queue = world.answers[name] ?? [{ result: {} }];
    const answer = queue.length > 1 ? queue.shift() : queue[0];
    if (!answer.error) return answer.result;
    const error = new TaskError(answer.error);
    const retry = (state.Retry ?? []).find(({ ErrorEquals }) => matches(ErrorEquals, error));
    tried.set(retry, (tried.get(retry) ?? 0) + 1);
    if (!retry || tried.get(retry) > retry.MaxAttempts) throw error;
  }
}

async function each(state, scope, world) {
  world.calls.push({ state: 'items', arguments: await evaluate(state.ItemReader.Arguments, scope) });
  world.calls.push({ state: 'results', arguments: await evaluate(state.ResultWriter.Arguments, scope) });
  let failed = 0;
  for (const item of world.items) {
    if ((await walk(state.ItemProcessor, item, world)).status === 'FAILED') failed++;
  }
  if (failed * 100 > world.items.length * state.ToleratedFailurePercentage) throw new TaskError('States.ExceedToleratedFailureThreshold');
}

const matches = (names, error) => names.some((name) => name === 'States.ALL' || name === error.name || (name === 'States.TaskFailed' && error.name !== 'States.Timeout'));

async function evaluate(template, scope) {
  if (typeof template === 'string' && template.startsWith('{%')) {
    const value = await jsonata(template.slice(2, -2)).evaluate({}, { states: scope });
    // As Step Functions does: an expression that yields nothing is an error, so a misspelt name does not pass.
    if (value === undefined) throw new Error(`This yields nothing: ${template}`);
    return JSON.parse(JSON.stringify(value));
  }
  if (Array.isArray(template)) return Promise.all(template.map((part) => evaluate(part, scope)));
  if (template && typeof template === 'object') {
    return Object.fromEntries(await Promise.all(Object.entries(template).map(async ([key, part]) => [key, await evaluate(part, scope)])));
  }
  return template;
}

async function first(list, test) {
  for (const one of list) if (await test(one)) return one;
  return undefined;
}

main().catch((error) => { console.error(error); process.exit(1); });
