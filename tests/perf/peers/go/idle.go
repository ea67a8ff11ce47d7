package main

import (
	"fmt"
	"os"
	"runtime"
	"time"
)

// The second number of /proc/self/statm: pages in memory.
func residentBytes() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	var total, resident int64
	if err == nil {
		fmt.Sscan(string(text), &total, &resident)
	}
	return resident * int64(os.Getpagesize())
}

func reportIdleNodes(count int64) {
	before := residentBytes()
	watch := start()
	links := newChannels(int(count))
	for i := range links {
		from, to := links[i], links[(i+1)%len(links)]
		go func() {
			for {
				to <- <-from
			}
		}()
	}
	runtime.Gosched() // all goroutines start and wait
	report("idle_node_wiring", watch.read(), count)
	bytes := time.Duration(residentBytes() - before)
	report("idle_node_bytes", elapsed{bytes, bytes}, count)
	runtime.KeepAlive(links)
}
