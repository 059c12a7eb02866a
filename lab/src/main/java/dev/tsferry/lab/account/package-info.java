/** What a customer's account holds before tsferry comes: a VPC with subnets and an RDS instance. */
package dev.tsferry.lab.account;
