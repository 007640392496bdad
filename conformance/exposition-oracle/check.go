package main

import (
	"fmt"
	"io"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
)

// check prints what promtool check metrics would, and fails where it would.
func check(in io.Reader, out io.Writer) error {
	problems, err := promlint.New(in).Lint()
	if err != nil {
		return fmt.Errorf("error while linting: %w", err)
	}
	for _, problem := range problems {
		fmt.Fprintln(out, problem.Metric, problem.Text)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%d problems", len(problems))
	}
	return nil
}
