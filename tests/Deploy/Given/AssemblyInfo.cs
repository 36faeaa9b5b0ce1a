// The CDK's runtime is one process with one conversation; test classes that talk at once break it.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
