// An invocation's trace is in the environment, which the process has once: two invocations at a time
// would read each other's.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
