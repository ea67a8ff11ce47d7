package main

import "strconv"

// What Neva's benchmarks of values come down to: loops over slices and look-ups in maps, under their names.
// The Neva runtime itself cannot be faster than these.
func containerWorks() []work {
	var all []work
	add := func(name string, size int, run func(count int64, size int) elapsed) {
		all = append(all, work{name + strconv.Itoa(size), func(n int64) elapsed { return run(n, size) }})
	}
	for _, size := range []int{8, 64, 512, 1024} {
		add("MsgListIter/n=", size, iterateIntegers)
		add("MsgListIterScalars/int_n=", size, iterateIntegers)
		add("MsgListIterScalars/float_n=", size, iterateFloats)
		add("MsgListIterScalars/bool_n=", size, iterateBooleans)
		add("MsgListIterScalars/string_n=", size, iterateStrings)
	}
	for _, size := range []int{16, 128, 1024} {
		add("MsgDictLookup/hot_n=", size, lookUpHot)
		add("MsgDictLookup/mixed_n=", size, lookUpAll)
	}
	for _, size := range []int{16, 128, 512} {
		add("MsgEqualList/equal_n=", size, equalLists)
	}
	for _, size := range []int{8, 64, 512} {
		add("MsgScalarContainerConstruction/list_int_n=", size, constructList)
		add("MsgScalarContainerConstruction/dict_int_n=", size, constructDict)
	}
	return append(all, work{"ListPrepend", prepend}, work{"ListConcat", concat})
}

// What the compiler must take as used.
var (
	intSink   int64
	floatSink float64
	listSink  []int64
	dictSink  map[string]int64
)

func timed(count int64, operation func()) elapsed {
	watch := start()
	for i := int64(0); i < count; i++ {
		operation()
	}
	return watch.read()
}

func numbers(size int) []int64 {
	made := make([]int64, size)
	for i := range made {
		made[i] = firstValue + int64(i)
	}
	return made
}

func floats(size int) []float64 {
	made := make([]float64, size)
	for i := range made {
		made[i] = float64(i) + 0.25
	}
	return made
}

func iterateIntegers(count int64, size int) elapsed { return iterate(count, numbers(size)) }

func iterateFloats(count int64, size int) elapsed { return iterate(count, floats(size)) }

func iterate[T int64 | float64](count int64, elements []T) elapsed {
	var sink T
	took := timed(count, func() {
		var sum T
		for _, e := range elements {
			sum += e
		}
		sink = sum
	})
	floatSink = float64(sink)
	return took
}

func iterateBooleans(count int64, size int) elapsed {
	elements := make([]bool, size)
	for i := range elements {
		elements[i] = i%2 == 0
	}
	return timed(count, func() {
		var sum int64
		for _, e := range elements {
			if e {
				sum++
			}
		}
		intSink = sum
	})
}

func texts(size int, prefix string) []string {
	made := make([]string, size)
	for i := range made {
		made[i] = prefix + strconv.Itoa(firstValue+i)
	}
	return made
}

func iterateStrings(count int64, size int) elapsed {
	elements := texts(size, "v")
	return timed(count, func() {
		var sum int64
		for _, e := range elements {
			sum += int64(len(e))
		}
		intSink = sum
	})
}

func keyAt(i int) string { return "k" + strconv.Itoa(firstValue+i) }

func newDict(size int) map[string]int64 {
	made := make(map[string]int64, size)
	for i := 0; i < size; i++ {
		made[keyAt(i)] = firstValue + int64(i)
	}
	return made
}

func lookUpHot(count int64, size int) elapsed {
	dict, key := newDict(size), keyAt(size-1)
	return timed(count, func() { intSink = dict[key] })
}

func lookUpAll(count int64, size int) elapsed {
	dict, keys := newDict(size), make([]string, size)
	for i := range keys {
		keys[i] = keyAt(i)
	}
	return timed(count, func() {
		var sum int64
		for _, key := range keys {
			sum += dict[key]
		}
		intSink = sum
	})
}

func equalLists(count int64, size int) elapsed {
	left, right := texts(size, ""), texts(size, "")
	return timed(count, func() {
		var same int64 = 1
		for i := range left {
			if left[i] != right[i] {
				same = 0
				break
			}
		}
		intSink = same
	})
}

func prepend(count int64) elapsed {
	list := numbers(512)
	return timed(count, func() { listSink = append([]int64{firstValue}, list...) })
}

func concat(count int64) elapsed {
	left, right := numbers(256), numbers(256)
	return timed(count, func() { listSink = append(append(make([]int64, 0, 512), left...), right...) })
}

func constructList(count int64, size int) elapsed {
	return timed(count, func() { listSink = numbers(size) })
}

func constructDict(count int64, size int) elapsed {
	return timed(count, func() { dictSink = newDict(size) })
}
