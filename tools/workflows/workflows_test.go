package workflows

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

const root = "../.."

// workflow is what these tests read of a workflow; actionlint has read all of it.
type workflow struct {
	Permissions map[string]string `yaml:"permissions"`
	Jobs        map[string]job    `yaml:"jobs"`
}

type job struct {
	Timeout int `yaml:"timeout-minutes"`
	Steps   []struct {
		Uses string `yaml:"uses"`
		Run  string `yaml:"run"`
	} `yaml:"steps"`
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func decode(t *testing.T, name string, into any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(read(t, name)), into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

func workflows(t *testing.T) map[string]workflow {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, ".github/workflows/*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("workflows: %v, %v", files, err)
	}
	all := map[string]workflow{}
	for _, file := range files {
		var w workflow
		decode(t, filepath.Join(".github/workflows", filepath.Base(file)), &w)
		all[filepath.Base(file)] = w
	}
	return all
}

var pinned = regexp.MustCompile(`^[^@]+@[0-9a-f]{40}$`)

// A tag of an action can be moved to other code, a commit cannot. A job that
// hangs ends, and a token may read unless a job says more.
func TestJobsAreBounded(t *testing.T) {
	for file, w := range workflows(t) {
		if len(w.Permissions) != 1 || w.Permissions["contents"] != "read" {
			t.Errorf("%s: permissions %v, want contents: read and nothing else", file, w.Permissions)
		}
		for name, job := range w.Jobs {
			if job.Timeout == 0 {
				t.Errorf("%s: job %s has no timeout-minutes", file, name)
			}
			for _, step := range job.Steps {
				if step.Uses != "" && !pinned.MatchString(step.Uses) {
					t.Errorf("%s: job %s: %q is not pinned to a commit", file, name, step.Uses)
				}
			}
		}
	}
}

// made returns the targets of the lines that call make, one call a line.
func made(script string) []string {
	var targets []string
	for line := range strings.Lines(script) {
		words := strings.Fields(line)
		if len(words) > 1 && words[0] == "make" {
			targets = append(targets, slices.DeleteFunc(words[1:], func(w string) bool { return strings.Contains(w, "=") })...)
		}
	}
	return targets
}

// What is checked here is checked there. The list of known vulnerabilities is
// asked on GitHub alone, since a CI without the internet cannot ask it.
func TestSameTargets(t *testing.T) {
	var hosted []string
	for _, job := range workflows(t)["ci.yml"].Jobs {
		for _, step := range job.Steps {
			hosted = append(hosted, made(step.Run)...)
		}
	}
	own := append(made(read(t, ".ci/run")), "vuln")
	slices.Sort(hosted)
	slices.Sort(own)
	if !slices.Equal(hosted, own) {
		t.Errorf("ci.yml makes %v, .ci/run with vuln %v", hosted, own)
	}
}

// Each folder with a go.mod is watched.
func TestDependabotWatchesEachModule(t *testing.T) {
	var config struct {
		Updates []struct {
			Ecosystem   string   `yaml:"package-ecosystem"`
			Directories []string `yaml:"directories"`
		} `yaml:"updates"`
	}
	decode(t, ".github/dependabot.yml", &config)
	var watched []string
	for _, update := range config.Updates {
		if update.Ecosystem == "gomod" {
			watched = append(watched, update.Directories...)
		}
	}
	slices.Sort(watched)
	if found := modules(t); !slices.Equal(watched, found) {
		t.Errorf("dependabot watches %v, modules are %v", watched, found)
	}
}

func modules(t *testing.T) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && path != root && strings.HasPrefix(entry.Name(), ".") {
			return filepath.SkipDir
		}
		if entry.Name() == "go.mod" {
			folder, err := filepath.Rel(root, filepath.Dir(path))
			found = append(found, "/"+filepath.ToSlash(folder))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return found
}

// GitHub hides a form that it cannot read, without a word.
func TestIssueForms(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, ".github/ISSUE_TEMPLATE/*.yml"))
	if err != nil {
		t.Fatal(err)
	}
	forms := 0
	for _, file := range files {
		if filepath.Base(file) == "config.yml" {
			continue
		}
		forms++
		checkForm(t, filepath.Join(".github/ISSUE_TEMPLATE", filepath.Base(file)))
	}
	if forms == 0 {
		t.Error("there are no issue forms")
	}
}

func checkForm(t *testing.T, file string) {
	t.Helper()
	var form struct {
		Name, Description string
		Body              []struct {
			Type, ID   string
			Attributes struct{ Label, Value string }
		}
	}
	decode(t, file, &form)
	if form.Name == "" || form.Description == "" || len(form.Body) == 0 {
		t.Errorf("%s: name %q, description %q, %d parts", file, form.Name, form.Description, len(form.Body))
	}
	seen := map[string]bool{}
	for _, part := range form.Body {
		switch part.Type {
		case "markdown":
			if part.Attributes.Value == "" {
				t.Errorf("%s: a markdown part is empty", file)
			}
		case "textarea", "input":
			if part.ID == "" || seen[part.ID] || part.Attributes.Label == "" {
				t.Errorf("%s: the part %q has no id of its own or no label", file, part.ID)
			}
			seen[part.ID] = true
		default:
			t.Errorf("%s: a part of type %q", file, part.Type)
		}
	}
}
