package oracle

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"testing"
	"testing/synctest"
)

// TestOracle answers each line of standard input with a line on standard output, until the input ends.
func TestOracle(t *testing.T) {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 1 {
			out.Write(append(reply(t, line), '\n'))
			out.Flush()
		}
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// reply is the scenario with what the controller did, or {"error": text} where it cannot be played.
func reply(t *testing.T, line []byte) []byte {
	filled, err := answerLine(t, line)
	if err != nil {
		filled, _ = json.Marshal(map[string]string{"error": err.Error()})
	}
	return filled
}

func answerLine(t *testing.T, line []byte) ([]byte, error) {
	s := scenario{}
	if err := json.Unmarshal(line, &s); err != nil {
		return nil, fmt.Errorf("expected a scenario: %w", err)
	}
	if err := setGates(s.Profile.FeatureGates); err != nil {
		return nil, err
	}
	var all answer
	var err error
	synctest.Test(t, func(*testing.T) {
		all, err = newPlay(s).run()
	})
	if err != nil {
		return nil, err
	}
	return fill(line, s, all)
}

// fill writes what the controller did into the scenario, and leaves the rest of the line as it was.
func fill(line []byte, s scenario, all answer) ([]byte, error) {
	whole := map[string]any{}
	rest := map[string]json.RawMessage{}
	ticks := []map[string]json.RawMessage{}
	if err := json.Unmarshal(line, &rest); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(rest["ticks"], &ticks); err != nil {
		return nil, err
	}
	for key, value := range rest {
		whole[key] = value
	}
	whole["hpa"] = struct {
		Namespace string `json:"namespace"`
		Name      string `json:"name"`
		specResult
	}{s.HPA.Namespace, s.HPA.Name, all.hpa}
	for i, tick := range ticks {
		var err error
		if tick["expect"], err = json.Marshal(all.results[i]); err != nil {
			return nil, err
		}
		if all.specs[i] != nil {
			if tick["hpa"], err = json.Marshal(all.specs[i]); err != nil {
				return nil, err
			}
		}
	}
	whole["ticks"] = ticks
	whole["finalMemory"] = all.finalMemory
	return json.Marshal(whole)
}
