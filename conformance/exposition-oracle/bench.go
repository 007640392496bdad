package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/textparse"
)

// cached stands for what Prometheus' scrape loop keeps of a series; it is found by the bytes of the line's
// name and labels, as in scrapeCache.get.
type cached struct {
	series labels.Labels
	value  float64
}

// bench reads the pages in turn for so many seconds and prints the nanoseconds of CPU for one page. What a page is read for
// is what the scrape loop does before it stores anything.
func bench(args []string, out io.Writer) error {
	if len(args) < 2 {
		return errors.New("expected seconds and files")
	}
	seconds, err := strconv.ParseFloat(args[0], 64)
	if err != nil {
		return err
	}
	pages := make([][]byte, 0, len(args)-1)
	for _, file := range args[1:] {
		page, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		pages = append(pages, page)
	}
	cache := map[string]*cached{}
	symbols := labels.NewSymbolTable()
	for _, page := range pages {
		if err := scrape(page, cache, symbols); err != nil {
			return err
		}
	}
	start := time.Now()
	before, err := cpuTime()
	if err != nil {
		return err
	}
	count := 0
	for time.Since(start).Seconds() < seconds {
		if err := scrape(pages[count%len(pages)], cache, symbols); err != nil {
			return err
		}
		count++
	}
	after, err := cpuTime()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d\n", (after-before).Nanoseconds()/int64(count))
	return err
}

// cpuTime is what the process has used of all processors.
func cpuTime() (time.Duration, error) {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0, err
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), nil
}

func scrape(page []byte, cache map[string]*cached, symbols *labels.SymbolTable) error {
	parser := textparse.NewPromParser(page, symbols, false)
	for {
		entry, err := parser.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if entry != textparse.EntrySeries {
			continue
		}
		line, _, value := parser.Series()
		known, ok := cache[string(line)]
		if !ok {
			known = &cached{}
			parser.Labels(&known.series)
			cache[string(line)] = known
		}
		known.value = value
	}
}
