package main

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// A shellBlock is read line by line: `cd` changes the folder for what follows,
// and what a line makes, the next ones may use.
type shellBlock struct {
	*checker
	*block
	folders []string        // where commands may run: one of them must know the names
	outside bool            // in a folder of the reader's own
	made    map[string]bool // files that an earlier command made
}

// A command is one simple command: its words, and the line of its name.
type command struct {
	words []string
	line  int
}

// commands are those that can be checked; each says what is wrong with its words.
var commands = map[string]func(*shellBlock, command) error{
	"cd": (*shellBlock).cd, "mkdir": (*shellBlock).mkdir, "cp": (*shellBlock).cp, "kill": (*shellBlock).kill,
	"make": (*shellBlock).make, "go": (*shellBlock).golang, "git": (*shellBlock).git, "curl": (*shellBlock).curl,
}

// shell reads the block as a shell does. In examples, a page of a folder is
// read in that folder, or in the root.
func (c *checker) shell(b *block) {
	parsed, err := syntax.NewParser(syntax.KeepComments(false)).Parse(strings.NewReader(b.text), "")
	if err != nil {
		c.at(b.page, b.line, "no shell reads this: %v", err)
		return
	}
	s := &shellBlock{checker: c, block: b, folders: []string{".", path.Dir(b.page.file)}, made: map[string]bool{}}
	syntax.Walk(parsed, func(n syntax.Node) bool {
		switch n := n.(type) {
		case *syntax.CallExpr:
			s.call(n)
		case *syntax.Redirect:
			if n.Word != nil && (n.Op == syntax.RdrOut || n.Op == syntax.AppOut) {
				s.made[s.literal(n.Word)] = true
			}
		case *syntax.File, *syntax.Stmt, *syntax.BinaryCmd, *syntax.Word, *syntax.Lit, *syntax.SglQuoted,
			*syntax.DblQuoted, *syntax.Assign, *syntax.Comment, nil:
		default:
			c.at(b.page, b.first+int(n.Pos().Line())-1, "is more shell than can be checked here: %T", n)
			return false
		}
		return true
	})
}

func (s *shellBlock) call(n *syntax.CallExpr) {
	cmd := command{line: s.first + int(n.Pos().Line()) - 1}
	for _, word := range n.Args {
		cmd.words = append(cmd.words, s.literal(word))
	}
	if len(cmd.words) == 0 {
		return
	}
	check := commands[cmd.words[0]]
	if script := path.Clean(cmd.words[0]); strings.HasPrefix(script, "scripts/") && s.tree.files[script] {
		return
	}
	if check == nil {
		s.at(s.page, cmd.line, "nothing here can check the command %s: use %s", cmd.words[0], strings.Join(sortedKeys(commands), ", "))
		return
	}
	if err := check(s, cmd); err != nil {
		s.at(s.page, cmd.line, "%s: %v", strings.Join(cmd.words, " "), err)
	}
}

// literal is a word without its quotes.
func (s *shellBlock) literal(word *syntax.Word) string {
	var text strings.Builder
	for _, part := range word.Parts {
		switch part := part.(type) {
		case *syntax.Lit:
			text.WriteString(part.Value)
		case *syntax.SglQuoted:
			text.WriteString(part.Value)
		case *syntax.DblQuoted:
			text.WriteString(s.literal(&syntax.Word{Parts: part.Parts}))
		}
	}
	return text.String()
}

func (s *shellBlock) cd(cmd command) error {
	if len(cmd.words) != 2 {
		return fmt.Errorf("takes one folder")
	}
	to := cmd.words[1]
	if s.made[to] {
		s.outside = true
		return nil
	}
	if to == "concors" && s.made["clone"] {
		s.folders = []string{"."}
		return nil
	}
	for _, from := range s.folders {
		if in := path.Join(from, to); s.tree.folders[in] {
			s.folders = []string{in}
			return nil
		}
	}
	return fmt.Errorf("the project has no folder %s", to)
}

func (s *shellBlock) mkdir(cmd command) error {
	for _, name := range cmd.words[1:] {
		s.made[name] = true
	}
	return nil
}

func (s *shellBlock) cp(cmd command) error {
	if len(cmd.words) < 3 {
		return fmt.Errorf("takes a file and where to")
	}
	last := len(cmd.words) - 1
	s.made[cmd.words[last]] = true
	for _, name := range cmd.words[1:last] {
		if !strings.HasPrefix(name, "-") && !s.made[name] && !s.exists(name) {
			return fmt.Errorf("the project has no %s", name)
		}
	}
	return nil
}

func (s *shellBlock) exists(name string) bool {
	for _, from := range s.folders {
		if in := path.Join(from, name); s.tree.files[in] || s.tree.folders[in] {
			return true
		}
	}
	return false
}

func (s *shellBlock) kill(cmd command) error {
	if len(cmd.words) < 2 {
		return fmt.Errorf("takes a process")
	}
	return nil
}

func (s *shellBlock) git(cmd command) error {
	if len(cmd.words) < 3 || cmd.words[1] != "clone" || strings.TrimSuffix(cmd.words[2], ".git") != "https://"+project {
		return fmt.Errorf("only git clone https://%s can be checked", project)
	}
	s.made["clone"] = true
	return nil
}

// curl asks nobody but a server on this machine.
func (s *shellBlock) curl(cmd command) error {
	asked := false
	for _, word := range cmd.words[1:] {
		u, err := url.Parse(word)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" {
			continue
		}
		if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return fmt.Errorf("asks %s, not this machine", u.Hostname())
		}
		asked = true
	}
	if !asked {
		return fmt.Errorf("write the whole URL, with http://")
	}
	return nil
}
