// Configurations in places where a reader may overlook them.
package main

import (
	"encoding/json"
	"flag"
	"log"
	"net/http"
	"os"

	"github.com/rs/cors"
)

type options = cors.Options

type embedded struct {
	cors.Options
	Name string
}

var areas = []options{
	{AllowedOrigins: []string{"https://a.example"}, MaxAge: 10 * minute},
	{AllowedOrigins: []string{"https://b.example"}, AllowCredentials: os.Getenv("COOKIES") == "yes"},
}

const minute = 60

func main() {
	handler := http.Handler(http.NotFoundHandler())
	for _, area := range areas {
		handler = cors.New(area).Handler(handler)
	}

	e := embedded{Name: "embedded"}
	e.AllowedOrigins = []string{"https://embedded.example"}
	handler = cors.New(e.Options).Handler(handler)

	file := cors.Options{AllowedOrigins: []string{"https://file.example"}}
	if err := json.NewDecoder(os.Stdin).Decode(&file); err != nil {
		log.Fatal(err)
	}
	flag.IntVar(&file.MaxAge, "max-age", 600, "seconds")
	flag.Parse()
	file.AllowedOrigins[0] = "https://later.example"
	handler = cors.New(file).Handler(handler)

	list := []string{"https://changed.example"}
	list[0] = os.Getenv("ORIGIN")
	copied := file
	handler = cors.New(cors.Options{AllowedOrigins: list}).Handler(cors.New(copied).Handler(handler))

	var late *cors.Options
	if len(list) > 1 {
		late = &cors.Options{AllowedOrigins: []string{"https://late.example"}, OptionsPassthrough: false}
	} else {
		late = new(cors.Options)
		late.AllowedOrigins = nil
		late.AllowedHeaders = append([]string{"X-A"}, "X-B")
	}
	handler = cors.New(*late).Handler(handler)
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", handler))
}
