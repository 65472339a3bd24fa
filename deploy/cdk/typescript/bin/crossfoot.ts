// A stack with nothing but the system, made from the published template, which needs no bootstrapped account:
//
//   npx aws-cdk deploy -c stack=crossfoot-shop1 --parameters Suffix=shop1
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
app.synth();
