// Checks templates with cdk-nag and the CloudFormation validator.
// Usage: node check-template.js TEMPLATE… Prints for each {"found":n,"findings":[{id,resource,what}],"unused":[{id,resource}]}.
// What is meant to be as it is stands in a resource's Metadata.cdk_nag.rules_to_suppress: id and reason; "…" in an id stands for anything.
// Rules of the validator that say nothing here, for any resource, stand in accepted-rules.json.
'use strict';
const fs = require('fs');
const { App, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks, ServerlessChecks } = require('cdk-nag');
const { CompositeEngine, TemplateFile } = require(require.resolve('@aws/cloudformation-validate', { paths: [require.resolve('aws-cdk-lib')] }));
const acceptedRules = require('./accepted-rules.json');

const engine = new CompositeEngine();
console.log(JSON.stringify(process.argv.slice(2).map(check)));

function check(file) {
  const template = JSON.parse(fs.readFileSync(file, 'utf8'));
  const accepted = Object.entries(template.Resources).flatMap(([resource, { Metadata }]) =>
    (Metadata?.cdk_nag?.rules_to_suppress ?? []).map(({ id, reason }) => ({ resource, id, reason, pattern: patternOf(id), used: false })));
  const found = [...nagged(file, template), ...validated(file)];
  const findings = found.filter(({ resource, id }) => {
    const matches = accepted.filter((rule) => rule.resource === resource && rule.reason && rule.pattern.test(id));
    matches.forEach((rule) => { rule.used = true; });
    return matches.length === 0;
  });
  const unused = accepted.filter((rule) => !rule.used).map(({ id, resource }) => ({ id, resource }));
  return { found: found.length, findings, unused };
}

function nagged(file, template) {
  const stack = new Stack(new App(), 'stack');
  // The check of the bootstrap version is the CDK's own, and the including stack brings it again.
  const { Rules, Conditions, ...rest } = template;
  fs.writeFileSync(file + '.nag.json', JSON.stringify(rest));
  new CfnInclude(stack, 'included', { templateFile: file + '.nag.json' });
  return [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
    pack.validateScope(stack).violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ id: ruleName, resource: constructPath.split('/').pop(), what: description }))));
}

function validated(file) {
  return engine.validateTemplate(new TemplateFile(file)).diagnostics
    .filter(({ ruleId }) => !acceptedRules[ruleId])
    .map(({ ruleId, entity, message, propertyPath }) => ({ id: ruleId, resource: entity?.logicalId ?? '', what: `${propertyPath}: ${message}` }));
}

function patternOf(id) {
  return new RegExp('^' + id.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*') + '$');
}
