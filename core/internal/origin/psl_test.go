package origin

import (
	"strings"
	"testing"
)

func TestIsPublicSuffix(t *testing.T) {
	for _, base := range strings.Fields(`
		com org de uk co.uk org.uk com.au io dev app tokyo.jp
		github.io gitlab.io vercel.app netlify.app herokuapp.com cloudfront.net s3.amazonaws.com
		ck nom.br kawasaki.jp
		intranet corp home lan foo unlisted x test1
	`) {
		if !isPublicSuffix(base) {
			t.Errorf("isPublicSuffix(%q) = false", base)
		}
	}
	for _, base := range strings.Fields(`
		example.com example.co.uk a.github.io www.ck city.kawasaki.jp a.b.example.com amazonaws.com
		localhost local internal test example invalid
		a.localhost a.local a.internal a.test a.example a.invalid a.unlisted
	`) {
		if isPublicSuffix(base) {
			t.Errorf("isPublicSuffix(%q) = true", base)
		}
	}
}
