# Called by beside_quanteda.py with a folder: texts.json and a saved measure in, told.json out.
place <- commandArgs(trailingOnly = TRUE)[1]
texts <- jsonlite::fromJSON(file.path(place, "texts.json"))

words_by_icu <- function(text) {
  pieces <- stringi::stri_split_boundaries(text, type = "word")[[1]]
  is_word <- stringi::stri_detect_regex(pieces, "[\\p{L}\\p{N}]")
  is_hyphen <- stringi::stri_detect_regex(pieces, "^\\p{Pd}$")
  joined <- which(is_hyphen & c(FALSE, head(is_word, -1)) & c(tail(is_word, -1), FALSE))
  follows <- joined + 1
  starts <- !(seq_along(pieces) %in% c(joined, follows))
  words <- vapply(split(pieces, cumsum(starts)), paste, "", collapse = "")
  unname(words[stringi::stri_detect_regex(words, "[\\p{L}\\p{N}]")])
}

if (requireNamespace("quanteda", quietly = TRUE)) {
  by <- paste("quanteda", packageVersion("quanteda"))
  cut <- quanteda::tokens(texts, remove_punct = TRUE, remove_symbols = TRUE)
  words <- unname(as.list(cut))
} else {
  by <- paste("ICU", stringi::stri_info()$ICU.version, "word boundaries (stringi), hyphens kept")
  words <- lapply(texts, words_by_icu)
}

library(Matrix)
folder <- file.path(place, "words")
counts <- readMM(file.path(folder, "values.mtx"))
items <- read.csv(file.path(folder, "items.csv"), colClasses = "character",
                  na.strings = "", encoding = "UTF-8")
articles <- read.csv(file.path(folder, "articles.csv"), na.strings = "",
                     colClasses = c(article_id = "character"), encoding = "UTF-8")
dimnames(counts) <- list(articles$article_id, items$item)

told <- list(by = by, r = R.version.string, words = words, rows = nrow(counts),
             columns = ncol(counts), sum = sum(counts), largest = max(colSums(counts)))
writeLines(jsonlite::toJSON(told, auto_unbox = TRUE, digits = NA), file.path(place, "told.json"),
           useBytes = TRUE)
