package field

import (
	"encoding/binary"
	"math/bits"
)

// isRowByte marks what stands between the names of a list: blanks, tabs, commas.
var isRowByte = [256]bool{' ': true, '\t': true, ',': true}

// rowLen is how many such bytes list begins with.
func rowLen(list string) int {
	if list == "" || !isRowByte[list[0]] {
		return 0 // as good as always, and so little that it is inlined
	}
	return longRowLen(list)
}

// longRowLen reads eight bytes at a time, and what repeats itself quicker: a
// client may send 1 MiB of either.
func longRowLen(list string) int {
	i := 0
	for ; i+8 <= len(list); i += 8 {
		if i%stride == 0 && i > 0 {
			i += repeated(list[i-stride:])
			if i+8 > len(list) {
				break
			}
		}
		word := binary.LittleEndian.Uint64([]byte(list[i : i+8])) // which is not copied
		if others := differs(word, ' ') & differs(word, '\t') & differs(word, ',') & highs; others != 0 {
			return i + bits.TrailingZeros64(others)/8
		}
	}
	for i < len(list) && isRowByte[list[i]] {
		i++
	}
	return i
}

// stride is how much of a row is compared at a time with what stands before it.
const stride = 64

// repeated is how many bytes behind the first stride repeat it, stride by stride.
func repeated(list string) int {
	i := stride
	for i+stride <= len(list) && list[i:i+stride] == list[:stride] {
		i += stride
	}
	return i - stride
}

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones // the highest bit of each byte
)

// differs sets the highest bit of each byte of word that is not c. Behind a byte
// beyond ASCII it may set some more; the other bits mean nothing.
func differs(word uint64, c byte) uint64 {
	other := word ^ ones*uint64(c)
	// 7 bits set carry into the highest one, unless the byte is 0.
	return other + (highs - ones) | other
}
