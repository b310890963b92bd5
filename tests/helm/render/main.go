// Renders a chart as Helm does, for the tests: Go's own templates with sprig, which are what Helm is made of. Helm itself is in no
// registry that the tests can reach.
//
// Usage: go run ./tests/helm/render FOLDER < VALUES.json: one JSON object of rendered texts by file on stdout; status 1 and the
// reason on stderr where a template refuses.
package main

import (
	"encoding/json"
	"fmt"
	"io/ioutil"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

type input struct {
	Values  map[string]interface{}
	Chart   map[string]interface{}
	Release map[string]interface{}
}

func end(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	var given input
	end(json.NewDecoder(os.Stdin).Decode(&given))
	all := template.New("chart").Option("missingkey=zero")
	functions := sprig.TxtFuncMap()
	functions["include"] = func(name string, data interface{}) (string, error) {
		var text strings.Builder
		err := all.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	functions["required"] = func(message string, value interface{}) (interface{}, error) {
		if value == nil || value == "" {
			return value, fmt.Errorf("%s", message)
		}
		return value, nil
	}
	functions["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	all.Funcs(functions)
	files, err := filepath.Glob(filepath.Join(os.Args[1], "templates", "*"))
	end(err)
	for _, file := range files {
		text, err := ioutil.ReadFile(file)
		end(err)
		_, err = all.New(filepath.Base(file)).Parse(string(text))
		end(err)
	}
	rendered := map[string]string{}
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasPrefix(name, "_") {
			continue
		}
		var text strings.Builder
		end(all.ExecuteTemplate(&text, name, given))
		rendered[name] = strings.ReplaceAll(text.String(), "<no value>", "")
	}
	end(json.NewEncoder(os.Stdout).Encode(rendered))
}
