/** The whole system as a construct of AWS CDK. */
package io.crossfoot.cdk;
