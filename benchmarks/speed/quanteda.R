# quanteda's tasks, one thread: prints what each cost as JSON. Run by other_tongues.py
# with a file of group, month and text by tabs, and one of concept and pattern.

arguments <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages({
  library(quanteda)
  library(quanteda.textstats)
})
quanteda_options(threads = as.integer(arguments[3]))
rows <- strsplit(readLines(arguments[1], encoding = "UTF-8"), "\t", fixed = TRUE)
texts <- vapply(rows, `[`, "", 3)
group <- vapply(rows, `[`, "", 1)
month <- vapply(rows, `[`, "", 2)
pairs <- strsplit(readLines(arguments[2], encoding = "UTF-8"), "\t", fixed = TRUE)
concepts <- split(vapply(pairs, `[`, "", 2), vapply(pairs, `[`, "", 1))
node <- arguments[4]
report <- character()

megabytes <- function(name) {
  lines <- grep(paste0("^", name, ":"), readLines("/proc/self/status"), value = TRUE)
  as.numeric(gsub("[^0-9]", "", lines)) / 1e3
}

step <- function(task, action) {
  before <- megabytes("VmRSS")
  try(cat("5", file = "/proc/self/clear_refs"), silent = TRUE)
  spent <- system.time(result <- action())
  cpu <- spent[["user.self"]] + spent[["sys.self"]]
  peak <- megabytes("VmHWM")
  report <<- c(report, sprintf(
    paste0('"%s":{"cpu":%f,"wall":%f,"first":%f,"first_wall":%f,"peak":%f,',
           '"grew":%f,"part":1,"note":""}'),
    task, cpu, spent[["elapsed"]], cpu, spent[["elapsed"]], peak, peak - before))
  result
}

invisible(dfm(tokens(texts[seq_len(min(100, length(texts)))])))
words <- step("ids", function() tokens(texts, remove_punct = TRUE))
counts <- step("count", function() dfm(words))
step("keyness", function() {
  textstat_keyness(dfm_group(counts, group), target = "state", measure = "lr")
})
step("passages", function() as.data.frame(kwic(words, node, window = 8)))
step("collocates", function() {
  near <- tokens_select(words, node, window = 5)
  colSums(dfm(near))
})
step("trend", function() dfm_group(dfm_select(counts, node), paste(group, month)))
step("dictionary", function() {
  dfm(tokens_lookup(words, dictionary(concepts)))
})
cat("{", paste(report, collapse = ","), "}\n", sep = "")
