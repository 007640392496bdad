// Renders a chart with Helm's own engine, checks its values against its schema, and lints it:
//
//	helm CHART RELEASE NAMESPACE < values.yaml
//
// The rendered objects go to standard output; what lint complains of to standard error, with exit code 1.
package main

import (
	"fmt"
	"io"
	"os"
	"sort"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2/lint"
	"helm.sh/helm/v4/pkg/chart/v2/lint/support"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/engine"
)

func main() {
	if len(os.Args) != 4 {
		fail(fmt.Errorf("usage: helm CHART RELEASE NAMESPACE < values.yaml"))
	}
	if err := render(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fail(err)
	}
}

func render(folder, release, namespace string) error {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	given, err := common.ReadValues(text)
	if err != nil {
		return err
	}
	chart, err := loader.LoadDir(folder)
	if err != nil {
		return err
	}
	options := common.ReleaseOptions{Name: release, Namespace: namespace, Revision: 1, IsInstall: true}
	values, err := util.ToRenderValues(chart, given, options, common.DefaultCapabilities)
	if err != nil {
		return err
	}
	rendered, err := engine.Engine{Strict: true}.Render(chart, values)
	if err != nil {
		return err
	}
	for _, message := range lint.RunAll(folder, given, namespace).Messages {
		if message.Severity > support.InfoSev {
			return message
		}
	}
	write(rendered)
	return nil
}

func write(rendered map[string]string) {
	var names []string
	for name := range rendered {
		if strings.HasSuffix(name, ".yaml") && strings.TrimSpace(rendered[name]) != "" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Printf("---\n# Source: %s\n%s\n", name, strings.TrimSpace(rendered[name]))
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
