// This file is empty on purpose: with it the compiler takes functions without a body, which bench_test.go links to the
// controller's own.
