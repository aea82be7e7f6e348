// opens COUNT FOLDER: many goroutines make, write, read and remove COUNT files, while others keep every
// processor busy, so that the runtime preempts by signals all the time. Says how many went wrong.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
)

func main() {
	count, _ := strconv.Atoi(os.Args[1])
	var lost, next int64
	var all sync.WaitGroup
	over := make(chan struct{})
	for i := 0; i < 8; i++ {
		go func() {
			for sum := 0; ; sum++ {
				select {
				case <-over:
					return
				default:
				}
			}
		}()
	}
	for i := 0; i < 64; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := atomic.AddInt64(&next, 1); n <= int64(count); n = atomic.AddInt64(&next, 1) {
				name := filepath.Join(os.Args[2], strconv.FormatInt(n, 10))
				text := []byte(name)
				err := os.WriteFile(name, text, 0600)
				if err == nil {
					var back []byte
					back, err = os.ReadFile(name)
					if err == nil && string(back) != name {
						err = fmt.Errorf("%s holds something else", name)
					}
				}
				if err == nil {
					err = os.Remove(name)
				}
				if err != nil && atomic.AddInt64(&lost, 1) < 5 {
					fmt.Fprintln(os.Stderr, err)
				}
			}
		}()
	}
	all.Wait()
	close(over)
	fmt.Printf("of %d lost %d\n", count, lost)
}
