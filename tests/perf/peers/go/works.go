package main

var works = []work{
	{"hop", func(n int64) elapsed { return pipeline(n, 0) }},
	{"ping_pong", pingPong},
	{"pipeline_8", func(n int64) elapsed { return pipeline(n, 8) }},
	{"pipeline_100", func(n int64) elapsed { return pipeline(n, 100) }},
	{"fan_in_16", func(n int64) elapsed { return fanIn(n, 16) }},
	{"fan_in_16_select", selectOf16},
	{"fan_out_16", func(n int64) elapsed { return fanOut(n, 16) }},
	{"select_2", selectOf2},
	{"two_input", twoInput},
	{"struct_3", struct3},
	{"coarse_10us", coarse},
}

func produce(to chan<- int64, count int64) {
	for i := int64(0); i < count; i++ {
		to <- firstValue + i
	}
}

// The receiving end: takes `count` messages and says how long that took since the start of `watch`.
func consume(from <-chan int64, count int64, watch stopwatch) elapsed {
	for i := int64(0); i < count; i++ {
		<-from
	}
	return watch.read()
}

func pipeline(count int64, stages int) elapsed {
	first := make(chan int64)
	last := first
	for i := 0; i < stages; i++ {
		from, to := last, make(chan int64)
		go func() {
			for i := int64(0); i < count; i++ {
				to <- <-from
			}
		}()
		last = to
	}
	watch := start()
	go produce(first, count)
	return consume(last, count, watch)
}

func pingPong(count int64) elapsed {
	there, back := make(chan int64), make(chan int64)
	go func() {
		for i := int64(0); i < count; i++ {
			back <- <-there
		}
	}()
	watch := start()
	for i := int64(0); i < count; i++ {
		there <- firstValue + i
		<-back
	}
	return watch.read()
}

// All senders share one channel: the shape that is best for Go.
func fanIn(count int64, senders int64) elapsed {
	all := make(chan int64)
	share := count/senders + 1
	watch := start()
	for i := int64(0); i < senders; i++ {
		go produce(all, share)
	}
	took := consume(all, count, watch)
	consume(all, share*senders-count, watch) // so that all senders end
	return took
}

func startSenders(channels []chan int64, share int64) {
	for _, c := range channels {
		go produce(c, share)
	}
}

func newChannels(count int) []chan int64 {
	made := make([]chan int64, count)
	for i := range made {
		made[i] = make(chan int64)
	}
	return made
}

func selectOf2(count int64) elapsed {
	c := newChannels(2)
	share := count/2 + 1
	watch := start()
	startSenders(c, share)
	left := []int64{share, share}
	for i := int64(0); i < count; i++ {
		select {
		case <-c[0]:
			left[0]--
		case <-c[1]:
			left[1]--
		}
	}
	took := watch.read()
	for i := range c {
		consume(c[i], left[i], watch)
	}
	return took
}

func selectOf16(count int64) elapsed {
	c := newChannels(16)
	share := count/16 + 1
	var got [16]int64
	watch := start()
	startSenders(c, share)
	for i := int64(0); i < count; i++ {
		select {
		case <-c[0]:
			got[0]++
		case <-c[1]:
			got[1]++
		case <-c[2]:
			got[2]++
		case <-c[3]:
			got[3]++
		case <-c[4]:
			got[4]++
		case <-c[5]:
			got[5]++
		case <-c[6]:
			got[6]++
		case <-c[7]:
			got[7]++
		case <-c[8]:
			got[8]++
		case <-c[9]:
			got[9]++
		case <-c[10]:
			got[10]++
		case <-c[11]:
			got[11]++
		case <-c[12]:
			got[12]++
		case <-c[13]:
			got[13]++
		case <-c[14]:
			got[14]++
		case <-c[15]:
			got[15]++
		}
	}
	took := watch.read()
	for i := range c {
		consume(c[i], share-got[i], watch)
	}
	return took
}

func fanOut(count int64, receivers int) elapsed {
	slots := newChannels(receivers)
	for _, c := range slots[:receivers-1] {
		go consume(c, count, start())
	}
	watch := start()
	go func() {
		for i := int64(0); i < count; i++ {
			for _, c := range slots {
				c <- firstValue + i
			}
		}
	}()
	return consume(slots[receivers-1], count, watch)
}

func twoInput(count int64) elapsed {
	left, right, result := make(chan int64), make(chan int64), make(chan bool)
	watch := start()
	go produce(left, count)
	go produce(right, count)
	go func() {
		for i := int64(0); i < count; i++ {
			l := <-left
			result <- l < <-right
		}
	}()
	for i := int64(0); i < count; i++ {
		<-result
	}
	return watch.read()
}

type triple struct{ a, b, c int64 }

func struct3(count int64) elapsed {
	fields, result := newChannels(3), make(chan *triple)
	watch := start()
	startSenders(fields, count)
	go func() {
		for i := int64(0); i < count; i++ {
			result <- &triple{<-fields[0], <-fields[1], <-fields[2]}
		}
	}()
	for i := int64(0); i < count; i++ {
		<-result
	}
	return watch.read()
}

// About 10 us of arithmetic that cannot be left out.
func grind(value uint64) uint64 {
	for i := 0; i < 8_000; i++ {
		value ^= value << 13
		value ^= value >> 7
		value ^= value << 17
	}
	return value
}

func coarse(count int64) elapsed {
	const nodes = 4
	dealt, ground := newChannels(nodes), make(chan int64)
	watch := start()
	go func() {
		for i := int64(0); i < count; i++ {
			dealt[i%nodes] <- firstValue + i
		}
		for _, c := range dealt {
			close(c)
		}
	}()
	for _, c := range dealt {
		go func(from <-chan int64) {
			for value := range from {
				ground <- int64(grind(uint64(value)))
			}
		}(c)
	}
	return consume(ground, count, watch)
}
