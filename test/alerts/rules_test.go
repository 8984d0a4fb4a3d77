// The alerts of docs/guides/monitoring.md, as Prometheus reads and evaluates them. Run by npm run test:alerts.
package alerts

import (
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/promql/promqltest"
	"go.yaml.in/yaml/v3"
)

const guide = "../../docs/guides/monitoring.md"

// What the operator of Prometheus hands on is the spec; it checks the rest by its schema.
func spec(t *testing.T) []byte {
	page, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(page, -1)
	if len(blocks) != 1 {
		t.Fatalf("%s has %d YAML blocks, not one", guide, len(blocks))
	}
	var rule struct{ Spec map[string]any }
	if err := yaml.Unmarshal(blocks[0][1], &rule); err != nil {
		t.Fatal(err)
	}
	text, err := yaml.Marshal(rule.Spec)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func rules(t *testing.T) []rulefmt.Rule {
	groups, errs := rulefmt.Parse(spec(t), false, model.UTF8Validation, parser.NewParser(parser.Options{}), slog.New(slog.DiscardHandler))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return groups.Groups[0].Rules
}

// Each NAME.promql is a script of promqltest in which `eval instant at TIME NAME` means the expression of that alert.
func TestAlerts(t *testing.T) {
	alerts := rules(t)
	if files, _ := filepath.Glob("*.promql"); len(files) != len(alerts) {
		t.Fatalf("%d files for %d alerts", len(files), len(alerts))
	}
	for _, alert := range alerts {
		t.Run(alert.Alert, func(t *testing.T) {
			engine := promqltest.NewTestEngineWithOpts(t, promql.EngineOpts{
				MaxSamples: 10_000, Timeout: time.Minute, EnableAtModifier: true, EnableNegativeOffset: true,
			})
			promqltest.RunTest(t, script(t, alert), engine)
		})
	}
}

func script(t *testing.T, alert rulefmt.Rule) string {
	text, err := os.ReadFile(alert.Alert + ".promql")
	if err != nil {
		t.Fatal(err)
	}
	expression := strings.Join(strings.Fields(alert.Expr), " ")
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		if evaluation, ok := strings.CutSuffix(line, " "+alert.Alert); ok && strings.HasPrefix(line, "eval ") {
			lines[i] = evaluation + " " + expression
		}
	}
	return strings.Join(lines, "\n")
}
