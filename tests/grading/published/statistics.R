# Item statistics of the LSAT sections 6 and 7 by R's package psych, an implementation of its own, with full precision.
# Run:  Rscript tests/grading/published/statistics.R > tests/grading/published/lsat.json
# The data, 1,000 answers to five items each, are R. D. Bock and M. Lieberman, 'Fitting a response model for n
# dichotomously scored items', Psychometrika 35 (1970), 179-197; psych has them as bock.table.
suppressPackageStartupMessages(library(psych))
data(bock, package = if (packageVersion("psych") < "2.3.0") "psych" else "psychTools")
patterns <- as.matrix(bock.table[, 2:6])
number <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
section <- function(counts) {
  x <- as.data.frame(patterns[rep(seq_len(nrow(patterns)), counts), ])
  a <- suppressWarnings(alpha(x, check.keys = FALSE, warnings = FALSE))
  sprintf('{"counts": %s, "alpha": %s, "difficulty": %s, "corrected_item_total": %s, "deviation": %s}',
          number(counts), sprintf("%.17g", a$total$raw_alpha), number(colMeans(x)), number(a$item.stats$r.drop),
          sprintf("%.17g", sd(rowSums(x))))
}
cat(sprintf('{"made_by": "%s, psych %s",\n "patterns": [%s],\n "lsat6": %s,\n "lsat7": %s}\n', R.version.string,
            as.character(packageVersion("psych")), paste(apply(patterns, 1, number), collapse = ", "),
            section(bock.table$Ob6), section(bock.table$Ob7)))
