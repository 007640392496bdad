// Prometheus' own readers of expositions, to compare Bellows with:
//
//	exposition-oracle read                   answers {"fmt", "b64"} lines on stdin with what textparse says
//	exposition-oracle check                  lints the page on stdin as promtool check metrics does
//	exposition-oracle bench SECONDS FILES…   reads pages over and over, each series looked up by its bytes
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) < 2 {
		fail(fmt.Errorf("expected read, check or bench"))
	}
	var err error
	switch os.Args[1] {
	case "read":
		err = read(os.Stdin, os.Stdout)
	case "check":
		err = check(os.Stdin, os.Stdout)
	case "bench":
		err = bench(os.Args[2:], os.Stdout)
	default:
		err = fmt.Errorf("expected read, check or bench, got %q", os.Args[1])
	}
	if err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
