package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/prometheus/prometheus/model/exemplar"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// A question is a page: its format, prom or om, and its bytes.
type question struct {
	Format string `json:"fmt"`
	Page   string `json:"b64"`
}

// An answer is in the form of the recorded vectors.
type answer struct {
	Events []map[string]any `json:"events"`
	Error  string           `json:"error,omitempty"`
}

// read answers one line for one line.
func read(in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 64<<20)
	writer := bufio.NewWriter(out)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			return err
		}
		page, err := base64.StdEncoding.DecodeString(asked.Page)
		if err != nil {
			return err
		}
		text, err := json.Marshal(readPage(page, asked.Format))
		if err != nil {
			return err
		}
		if _, err := writer.Write(append(text, '\n')); err != nil {
			return err
		}
		if err := writer.Flush(); err != nil {
			return err
		}
	}
	return lines.Err()
}

func readPage(page []byte, format string) answer {
	parser := newParser(page, format)
	result := answer{Events: []map[string]any{}}
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return result
		}
		if err != nil {
			result.Error = err.Error()
			return result
		}
		result.Events = append(result.Events, event(parser, entry))
	}
}

func newParser(page []byte, format string) textparse.Parser {
	if format == "om" {
		return textparse.NewOpenMetricsParser(page, labels.NewSymbolTable())
	}
	return textparse.NewPromParser(page, labels.NewSymbolTable(), false)
}

func event(parser textparse.Parser, entry textparse.Entry) map[string]any {
	switch entry {
	case textparse.EntryType:
		name, kind := parser.Type()
		return map[string]any{"type": []any{text(string(name)), string(kind)}}
	case textparse.EntryHelp:
		name, help := parser.Help()
		return map[string]any{"help": []any{text(string(name)), text(string(help))}}
	case textparse.EntryUnit:
		name, unit := parser.Unit()
		return map[string]any{"unit": []any{text(string(name)), text(string(unit))}}
	case textparse.EntryComment:
		return map[string]any{"comment": text(string(parser.Comment()))}
	}
	return sample(parser)
}

func sample(parser textparse.Parser) map[string]any {
	_, timestamp, value := parser.Series()
	var series labels.Labels
	parser.Labels(&series)
	_, repeated := series.HasDuplicateLabelNames()
	result := map[string]any{"m": text(series.Get(labels.MetricName)), "v": float(value)}
	if pairs := pairsOf(series); len(pairs) > 0 {
		result["l"] = pairs
	}
	if timestamp != nil {
		result["t"] = strconv.FormatInt(*timestamp, 10)
	}
	if repeated {
		result["dup"] = true
	}
	var found exemplar.Exemplar
	if parser.Exemplar(&found) {
		one := map[string]any{"l": pairsOf(found.Labels), "v": float(found.Value)}
		if found.HasTs {
			one["t"] = strconv.FormatInt(found.Ts, 10)
		}
		result["e"] = one
	}
	return result
}

func pairsOf(series labels.Labels) [][]any {
	pairs := [][]any{}
	series.Range(func(label labels.Label) {
		if label.Name != labels.MetricName {
			pairs = append(pairs, []any{text(label.Name), text(label.Value)})
		}
	})
	return pairs
}

func float(value float64) string {
	return strconv.FormatFloat(value, 'g', -1, 64)
}

// text keeps bytes that are no UTF-8.
func text(value string) any {
	if utf8.ValidString(value) {
		return value
	}
	return map[string]string{"b64": base64.StdEncoding.EncodeToString([]byte(value))}
}
