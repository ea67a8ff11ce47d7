package main

import "strconv"

// What Neva's benchmarks of values come down to: loops over slices and look-ups in maps, under their names.
// The Neva runtime itself cannot be faster than these.
var containerWorks = []work{
	{"MsgListIter/n=8", func(n int64) elapsed { return iterate(n, numbers(8)) }},
	{"MsgListIter/n=64", func(n int64) elapsed { return iterate(n, numbers(64)) }},
	{"MsgListIter/n=512", func(n int64) elapsed { return iterate(n, numbers(512)) }},
	{"MsgListIter/n=1024", func(n int64) elapsed { return iterate(n, numbers(1024)) }},
	{"MsgListIterScalars/int_n=1024", func(n int64) elapsed { return iterate(n, numbers(1024)) }},
	{"MsgListIterScalars/float_n=8", func(n int64) elapsed { return iterate(n, floats(8)) }},
	{"MsgListIterScalars/float_n=1024", func(n int64) elapsed { return iterate(n, floats(1024)) }},
	{"MsgListIterScalars/bool_n=8", func(n int64) elapsed { return iterateBooleans(n, 8) }},
	{"MsgListIterScalars/bool_n=1024", func(n int64) elapsed { return iterateBooleans(n, 1024) }},
	{"MsgListIterScalars/string_n=8", func(n int64) elapsed { return iterateStrings(n, 8) }},
	{"MsgListIterScalars/string_n=1024", func(n int64) elapsed { return iterateStrings(n, 1024) }},
	{"MsgDictLookup/hot_n=16", func(n int64) elapsed { return lookUpHot(n, 16) }},
	{"MsgDictLookup/hot_n=128", func(n int64) elapsed { return lookUpHot(n, 128) }},
	{"MsgDictLookup/hot_n=1024", func(n int64) elapsed { return lookUpHot(n, 1024) }},
	{"MsgDictLookup/mixed_n=16", func(n int64) elapsed { return lookUpAll(n, 16) }},
	{"MsgDictLookup/mixed_n=128", func(n int64) elapsed { return lookUpAll(n, 128) }},
	{"MsgDictLookup/mixed_n=1024", func(n int64) elapsed { return lookUpAll(n, 1024) }},
	{"MsgScalarContainerConstruction/list_int_n=8", func(n int64) elapsed { return constructList(n, 8) }},
	{"MsgScalarContainerConstruction/list_int_n=512", func(n int64) elapsed { return constructList(n, 512) }},
	{"MsgScalarContainerConstruction/dict_int_n=8", func(n int64) elapsed { return constructDict(n, 8) }},
	{"MsgScalarContainerConstruction/dict_int_n=512", func(n int64) elapsed { return constructDict(n, 512) }},
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

func iterateStrings(count int64, size int) elapsed {
	elements := make([]string, size)
	for i := range elements {
		elements[i] = "v" + strconv.Itoa(i)
	}
	return timed(count, func() {
		var sum int64
		for _, e := range elements {
			sum += int64(len(e))
		}
		intSink = sum
	})
}

func keyAt(i int) string { return "k" + strconv.Itoa(i) }

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

func constructList(count int64, size int) elapsed {
	return timed(count, func() { listSink = numbers(size) })
}

func constructDict(count int64, size int) elapsed {
	return timed(count, func() { dictSink = newDict(size) })
}
