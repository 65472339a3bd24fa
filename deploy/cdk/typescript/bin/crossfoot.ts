// A stack with nothing but the system, made from the published template, which needs no bootstrapped account:
//
//   npx cdk deploy -c stack=crossfoot-shop1 --parameters Suffix=shop1
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, app.node.tryGetContext('stack') ?? 'crossfoot', {
  synthesizer: new BootstraplessSynthesizer(),
});
new CfnInclude(stack, 'Template', {
  templateFile: join(__dirname, '../../../cloudformation/crossfoot.yaml'),
});

// The command line sends a template of up to 50 KiB by itself, and a larger one by a bucket, which a bootstrapped account has:
// what only people read is left out.
const file = app.synth().getStackByName(stack.stackName).templateFullPath;
const template = JSON.parse(readFileSync(file, 'utf8'));
delete template.Metadata;
for (const section of [template.Parameters, template.Resources, template.Outputs]) {
  for (const one of Object.values<any>(section)) {
    delete one.Description;
    delete one.Metadata;
  }
}
writeFileSync(file, JSON.stringify(template, undefined, 1));
