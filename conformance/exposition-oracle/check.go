package main

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
)

// check prints what promtool check metrics would, and fails where it would; but names may be UTF-8, which promtool's
// linter has parsed with the old alphabet up to this version.
func check(in io.Reader, out io.Writer) error {
	parser := expfmt.NewTextParser(model.UTF8Validation)
	byName, err := parser.TextToMetricFamilies(in)
	if err != nil {
		return fmt.Errorf("error while linting: %w", err)
	}
	var families []*dto.MetricFamily
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		families = append(families, byName[name])
	}
	problems, err := promlint.NewWithMetricFamilies(families).Lint()
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
