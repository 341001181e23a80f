// Checks what the library made with golang.org/x/mod/sumdb, which others wrote: notes, inclusion, consistency.
package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type proved struct {
	Old, New         int64
	OldRoot, NewRoot string
	Entry            string
	Path             []string
}

type input struct {
	Note, Key, Text        string
	Inclusion, Consistency []proved
}

func unhex(text string) []byte {
	data, err := hex.DecodeString(text)
	check(err)
	return data
}

func hash(text string) (h tlog.Hash) {
	copy(h[:], unhex(text))
	return h
}

func path(texts []string) (hashes []tlog.Hash) {
	for _, text := range texts {
		hashes = append(hashes, hash(text))
	}
	return hashes
}

func check(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(4)
	}
}

func main() {
	var in input
	check(json.NewDecoder(os.Stdin).Decode(&in))
	verifier, err := note.NewVerifier(in.Key)
	check(err)
	opened, err := note.Open([]byte(in.Note), note.VerifierList(verifier))
	check(err)
	if opened.Text != in.Text {
		check(fmt.Errorf("another text"))
	}
	for _, p := range in.Inclusion {
		check(tlog.CheckRecord(path(p.Path), p.New, hash(p.NewRoot), p.Old, tlog.RecordHash(unhex(p.Entry))))
	}
	for _, p := range in.Consistency {
		check(tlog.CheckTree(path(p.Path), p.New, hash(p.NewRoot), p.Old, hash(p.OldRoot)))
	}
	fmt.Println("ok", len(in.Inclusion), len(in.Consistency))
}
