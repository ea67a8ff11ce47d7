// The peer of scripts/bench_peers that measures plain Go channels and goroutines. It takes the arguments of the other
// peers (see ../nevaperf/main.cpp), and the number of threads from GOMAXPROCS.
package main

import (
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"
)

// A work runs a number of operations and says how long they took, without the set-up.
type work struct {
	name string
	run  func(operations int64) elapsed
}

type elapsed struct{ cpu, wall time.Duration }

type stopwatch struct {
	cpu  time.Duration
	wall time.Time
}

func cpuTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		fail(err.Error())
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func start() stopwatch { return stopwatch{cpuTime(), time.Now()} }

func (s stopwatch) read() elapsed { return elapsed{cpuTime() - s.cpu, time.Since(s.wall)} }

func report(name string, took elapsed, operations int64) {
	n := float64(operations)
	fmt.Printf("%s %.3f %.3f\n", name, float64(took.cpu)/n, float64(took.wall)/n)
}

// No value is below 256: the Go runtime has a table of small values.
const firstValue = 1_000_000

func fail(text string) {
	fmt.Fprintln(os.Stderr, "error: "+text)
	os.Exit(2)
}

// Enough operations for about `ms`, found by growing runs that also warm up.
func calibrate(w work, ms int64) int64 {
	wanted := time.Duration(ms) * time.Millisecond
	for n := int64(64); ; n *= 4 {
		took := w.run(n).cpu
		if took >= wanted/10 && took > 0 {
			operations := int64(float64(wanted) / float64(took) * float64(n))
			if operations < 64 {
				operations = 64
			}
			return operations
		}
	}
}

func main() {
	ms, operations, nodes := int64(50), int64(0), int64(1_000_000)
	numbers := map[string]*int64{"--ms": &ms, "--operations": &operations, "--nodes": &nodes}
	var wanted []string
	for i := 1; i < len(os.Args); i++ {
		word := os.Args[i]
		number, isNumber := numbers[word]
		if !isNumber {
			wanted = append(wanted, word)
			continue
		}
		i++
		text := ""
		if i < len(os.Args) {
			text = os.Args[i]
		}
		value, err := strconv.ParseInt(text, 10, 64)
		if err != nil || value < 1 {
			fail(word + " needs a number from 1 on, not '" + text + "'")
		}
		*number = value
	}
	for _, name := range wanted {
		switch name {
		case "--list":
			for _, w := range allWorks() {
				fmt.Println(w.name)
			}
		case "idle_nodes":
			reportIdleNodes(nodes)
		default:
			measure(name, ms, operations)
		}
	}
}

func allWorks() []work { return append(append([]work{}, works...), containerWorks()...) }

func measure(name string, ms, operations int64) {
	for _, w := range allWorks() {
		if w.name == name {
			if operations == 0 {
				operations = calibrate(w, ms)
			}
			report(name, w.run(operations), operations)
			return
		}
	}
	fail("no work '" + name + "': --list shows what there is")
}
