// Checks a template with cdk-nag and the CloudFormation validator.
// Usage: node check-template.js TEMPLATE. Prints {"findings":[{id,resource,what}],"unused":[{id,resource}]}.
// What is meant to be as it is stands in a resource's Metadata.cdk_nag.rules_to_suppress: id and reason; "…" in an id stands for anything.
'use strict';
const fs = require('fs');
const { App, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks, ServerlessChecks } = require('cdk-nag');

const file = process.argv[2];
const template = JSON.parse(fs.readFileSync(file, 'utf8'));

const accepted = Object.entries(template.Resources).flatMap(([resource, { Metadata }]) =>
  (Metadata?.cdk_nag?.rules_to_suppress ?? []).map(({ id, reason }) => ({ resource, id, reason, pattern: patternOf(id), used: false })));

const found = [...nagged(), ...validated()];
const findings = found.filter(({ resource, id }) => {
  const matches = accepted.filter((rule) => rule.resource === resource && rule.reason && rule.pattern.test(id));
  matches.forEach((rule) => { rule.used = true; });
  return matches.length === 0;
});
console.log(JSON.stringify({ found: found.length, findings, unused: accepted.filter((rule) => !rule.used).map(({ id, resource }) => ({ id, resource })) }));

function nagged() {
  const app = new App();
  const stack = new Stack(app, 'stack');
  // Parameters and the check of the bootstrap version are CDK's own.
  const { Rules, Conditions, ...rest } = template;
  fs.writeFileSync(file + '.nag.json', JSON.stringify(rest));
  new CfnInclude(stack, 'included', { templateFile: file + '.nag.json' });
  return [new AwsSolutionsChecks(app), new ServerlessChecks(app)].flatMap((pack) =>
    pack.validateScope(stack).violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ id: ruleName, resource: constructPath.split('/').pop(), what: description }))));
}

function validated() {
  const { CompositeEngine, TemplateFile } = require(require.resolve('@aws/cloudformation-validate', { paths: [require.resolve('aws-cdk-lib')] }));
  return new CompositeEngine().validateTemplate(new TemplateFile(file)).diagnostics
    .map((diagnostic) => ({ id: diagnostic.ruleId ?? diagnostic.rule ?? diagnostic.code, resource: diagnostic.resourceId ?? diagnostic.logicalId ?? '', what: JSON.stringify(diagnostic) }));
}

function patternOf(id) {
  return new RegExp('^' + id.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*') + '$');
}
