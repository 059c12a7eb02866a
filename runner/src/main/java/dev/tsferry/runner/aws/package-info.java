/** The only place that knows AWS: the passwords in Secrets Manager. */
package dev.tsferry.runner.aws;
