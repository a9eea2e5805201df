.PHONY: scorer check-scorer-template

# A new scoring plugin: make scorer NAME=SchoolDistance
scorer:
	@.ci/make-scorer "$$NAME"

# Whether `make scorer` makes something that builds and passes, in a temporary copy
check-scorer-template:
	@.ci/check-scorer-template
